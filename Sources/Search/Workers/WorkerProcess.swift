import Foundation

/// One process that is sent lines and answers in lines.
final class WorkerProcess: @unchecked Sendable {
  enum Event {
    case line(Data)

    /// It has ended, for the given reason.
    case end(String)
  }

  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private let onEvent: @Sendable (WorkerProcess, Event) -> Void

  /// Starts the process.
  init(
    _ command: WorkerCommand, onEvent: @escaping @Sendable (WorkerProcess, Event) -> Void
  ) throws {
    self.onEvent = onEvent
    process.executableURL = command.executable
    process.arguments = command.arguments
    process.standardInput = input
    process.standardOutput = output
    try process.run()
  }

  /// Tells of every line and of the end, on a thread of its own.
  func listen() {
    let thread = Thread { [self] in
      let reading = output.fileHandleForReading
      var rest = Data()
      while true {
        let data = reading.availableData
        if data.isEmpty { break }
        rest.append(data)
        while let end = rest.firstIndex(of: 0x0A) {
          onEvent(self, .line(Data(rest[..<end])))
          rest = Data(rest[rest.index(after: end)...])
        }
      }
      // Waiting with a run loop works only on the thread that started the process.
      while process.isRunning { Thread.sleep(forTimeInterval: 0.005) }
      onEvent(self, .end(Self.reason(of: process)))
    }
    thread.start()
  }

  /// Sends a line.
  ///
  /// - Throws: When the process is gone; the signal that the system sends too is held back, because it
  ///   would end this process.
  func send(_ line: Data) throws {
    var broken = sigset_t()
    var before = sigset_t()
    sigemptyset(&broken)
    sigaddset(&broken, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &broken, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    do {
      try input.fileHandleForWriting.write(contentsOf: line + Data("\n".utf8))
    } catch {
      var now = timespec()
      sigtimedwait(&broken, nil, &now)
      throw error
    }
  }

  /// Closes its input, which ends it.
  func end() {
    // A process that is gone has no input to close.
    try? input.fileHandleForWriting.close()
  }

  private static func reason(of process: Process) -> String {
    guard process.terminationReason == .uncaughtSignal else {
      return "it ended with status \(process.terminationStatus)"
    }
    let signal = process.terminationStatus
    let guess = signal == SIGKILL ? ", perhaps because the memory was used up" : ""
    return "it was ended by signal \(signal)\(guess)"
  }
}
