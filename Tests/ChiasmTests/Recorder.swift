import Foundation
import Synchronization

@testable import chiasm

/// A console whose output is kept, with a clock that a test sets.
final class Recorder: Sendable {
  private struct State {
    var output = ""
    var errors = ""
    var time = 0.0
  }

  private let state = Mutex(State())

  var output: String { state.withLock { $0.output } }
  var errors: String { state.withLock { $0.errors } }

  func advanceClock(by seconds: Double) {
    state.withLock { $0.time += seconds }
  }

  func console(isQuiet: Bool = false, isTerminal: Bool = false, width: Int = 80) -> Console {
    Console(
      isQuiet: isQuiet, isTerminal: isTerminal, width: width,
      clock: { self.state.withLock { $0.time } },
      output: { text in self.state.withLock { $0.output += text } },
      errors: { text in self.state.withLock { $0.errors += text } })
  }

  /// Runs one command line and returns its status, what it printed, and its errors.
  static func run(_ words: [String]) -> (status: ExitCode, output: String, errors: String) {
    let recorder = Recorder()
    let status = Chiasm.run(words, on: recorder.console())
    return (status, recorder.output, recorder.errors)
  }
}

/// Calls `body` with the path of an empty folder, and removes it afterwards.
@discardableResult
func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer {
    do {
      try FileManager.default.removeItem(at: folder)
    } catch {
      // A leftover in the system's temporary folder harms no test.
    }
  }
  return try body(folder.path)
}

/// The package's root.
let packageRoot = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
