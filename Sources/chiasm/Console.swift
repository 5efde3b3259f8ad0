import Foundation
import Imaging

/// The one place that prints.
///
/// Results go to standard output; progress, warnings and errors to standard error, so that a result
/// can be piped. With `isQuiet` only results, warnings and errors remain.
final class Console: Sendable {
  /// Whether notes and progress are held back.
  let isQuiet: Bool

  /// Whether standard error is a terminal, where a line can be drawn again.
  let isTerminal: Bool

  /// The number of columns a progress line may take.
  let width: Int

  private let output: @Sendable (String) -> Void
  private let errors: @Sendable (String) -> Void

  /// The time in seconds since any fixed moment.
  let clock: @Sendable () -> Double

  /// A console with everything it touches given, for tests.
  init(
    isQuiet: Bool, isTerminal: Bool, width: Int = 80, clock: @escaping @Sendable () -> Double,
    output: @escaping @Sendable (String) -> Void, errors: @escaping @Sendable (String) -> Void
  ) {
    self.isQuiet = isQuiet
    self.isTerminal = isTerminal
    self.width = width
    self.clock = clock
    self.output = output
    self.errors = errors
  }

  /// The same console for a step inside another command: it prints warnings and errors alone.
  var withoutResults: Console {
    Console(
      isQuiet: true, isTerminal: isTerminal, width: width, clock: clock, output: { _ in },
      errors: errors)
  }

  /// The console of this process.
  convenience init(isQuiet: Bool) {
    self.init(
      isQuiet: isQuiet, isTerminal: isatty(FileHandle.standardError.fileDescriptor) == 1,
      width: Self.terminalWidth(),
      clock: { ProcessInfo.processInfo.systemUptime },
      output: { Self.print($0) },
      errors: { text in
        // There is nowhere left to say that this failed.
        _ = Self.write(text, to: .standardError)
      })
  }

  /// Prints on standard output, or leaves the program: what cannot be told needs no more work.
  ///
  /// A reader that has seen enough, as in `chiasm --help | head -1`, needs no explanation.
  private static func print(_ text: String) {
    guard let error = write(text, to: .standardOutput) else { return }
    let reason = ImagingError.reason(of: error)
    if reason != ImagingError.reason(of: POSIXError(.EPIPE)) {
      _ = write("error: standard output cannot be written: \(reason).\n", to: .standardError)
    }
    exit(ExitCode.failed.rawValue)
  }

  /// Writes all of `text`, and returns what kept it from being written.
  private static func write(_ text: String, to file: FileHandle) -> (any Error)? {
    do {
      try file.write(contentsOf: Data(text.utf8))
      return nil
    } catch {
      return error
    }
  }

  /// Fills the places of standard streams that are closed, where the next file that is opened would
  /// otherwise take in what is printed.
  static func reserveStandardStreams() {
    for descriptor in Int32(0)...2 where fcntl(descriptor, F_GETFD) == -1 {
      _ = open("/dev/null", O_RDONLY)
    }
  }

  /// Prints something that was asked for, whatever `--quiet` says.
  func result(_ text: String) {
    output(text + "\n")
  }

  /// Prints something worth knowing, unless quiet.
  func note(_ text: String) {
    if !isQuiet { output(text + "\n") }
  }

  /// Prints a value as JSON.
  func json(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    result(String(decoding: try encoder.encode(value), as: UTF8.self))
  }

  /// Prints something that went wrong without stopping the work.
  func warn(_ text: String) {
    errors("warning: \(text)\n")
  }

  /// Prints what went wrong with a case; many reasons begin with its name already.
  func warn(_ reason: String, of name: String) {
    warn(reason.hasPrefix("\(name): ") ? reason : "\(name): \(reason)")
  }

  /// Prints why the program stops.
  func fail(_ text: String) {
    errors("error: \(text)\n")
  }

  /// Starts showing how far a long task has come; nothing when quiet.
  ///
  /// - Parameter total: The number of steps.
  func progress(_ title: String, total: Int) -> ProgressBar {
    ProgressBar(
      title: title, total: total, isTerminal: isTerminal, width: width, clock: clock,
      write: isQuiet ? { @Sendable _ in } : errors)
  }

  private static func terminalWidth() -> Int {
    var size = winsize()
    let found = ioctl(FileHandle.standardError.fileDescriptor, UInt(TIOCGWINSZ), &size)
    return found == 0 && size.ws_col > 20 ? Int(size.ws_col) : 80
  }
}
