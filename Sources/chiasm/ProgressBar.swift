import Synchronization

/// How far a long task has come: a bar that is drawn again on a terminal, elsewhere a plain line
/// at most every five seconds.
final class ProgressBar: Sendable {
  /// What changes while the task goes on.
  private struct State {
    var base = 0
    var detail = ""
    var lastDrawing = -Double.infinity
    var isShown = false
    var isComplete = false
  }

  private let title: String
  private let total: Int
  private let isTerminal: Bool
  private let width: Int
  private let clock: @Sendable () -> Double
  private let write: @Sendable (String) -> Void
  private let start: Double
  private let state = Mutex(State())

  /// Seconds between two lines where there is no terminal, and between two drawings where there is.
  private var pause: Double { isTerminal ? 0.1 : 5 }

  init(
    title: String, total: Int, isTerminal: Bool, width: Int,
    clock: @escaping @Sendable () -> Double, write: @escaping @Sendable (String) -> Void
  ) {
    self.title = title
    self.total = total
    self.isTerminal = isTerminal
    self.width = width
    self.clock = clock
    self.write = write
    start = clock()
  }

  /// Shows that `done` steps more than the last ``begin(at:_:)`` are done.
  ///
  /// - Parameter detail: What has just been done, e.g. a case's name; `nil`: as before.
  func advance(to done: Int, _ detail: String? = nil) {
    state.withLock { state in
      let now = clock()
      if let detail { state.detail = detail }
      let done = state.base + done
      guard !state.isComplete else { return }
      state.isComplete = done >= total
      let last = max(state.lastDrawing, isTerminal ? state.lastDrawing : start)
      // A plain line about something that took no time is noise.
      guard now - last >= pause || state.isComplete && (isTerminal || now - start >= 1) else {
        return
      }
      state.lastDrawing = now
      state.isShown = true
      if isTerminal {
        write("\r\u{1B}[K" + bar(done, now - start, state.detail))
      } else {
        write(line(done, now - start, state.detail) + "\n")
      }
    }
  }

  /// Starts a part of the task; the steps of ``advance(to:_:)`` count from `base` from now on.
  func begin(at base: Int, _ detail: String) {
    state.withLock { state in
      state.base = base
      state.detail = detail
    }
  }

  /// Prints a line that stays, above the bar.
  func note(_ text: String) {
    state.withLock { state in
      write((isTerminal && state.isShown ? "\r\u{1B}[K" : "") + text + "\n")
    }
  }

  /// Ends the bar's line, so that what follows starts on its own.
  func finish() {
    state.withLock { state in
      if isTerminal, state.isShown { write("\n") }
      state.isShown = false
    }
  }

  private func line(_ done: Int, _ seconds: Double, _ detail: String) -> String {
    "\(title): \(done)/\(total)\(remaining(done, seconds))"
      + (detail.isEmpty ? "" : " · \(detail)")
  }

  private func bar(_ done: Int, _ seconds: Double, _ detail: String) -> String {
    let cells = 20
    let filled = total == 0 ? cells : min(cells, cells * done / total)
    let bar =
      String(repeating: "█", count: filled) + String(repeating: "░", count: cells - filled)
    let text = "\(title) \(bar) \(done)/\(total)\(remaining(done, seconds)) \(detail)"
    return String(text.prefix(width - 1))
  }

  /// The time that is left, judged by the time that has passed; in the end the time it took.
  private func remaining(_ done: Int, _ seconds: Double) -> String {
    if done >= total { return ", \(Self.duration(seconds))" }
    guard done > 0, seconds > 0 else { return "" }
    return ", \(Self.duration(seconds / Double(done) * Double(total - done))) left"
  }

  /// A time such as "8 s", "2 min 05 s" or "1 h 20 min".
  static func duration(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded())
    let padded = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) min \(padded(whole % 60)) s" }
    return "\(whole / 3600) h \(padded(whole % 3600 / 60)) min"
  }
}
