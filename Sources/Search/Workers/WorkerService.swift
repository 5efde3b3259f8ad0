import Architecture
import Foundation

/// The other end of ``WorkerPool``: estimates what it is told, line by line, until its input ends.
struct WorkerService<Base: ScalableEstimator> where Base.Candidate: Sendable {
  var estimator: Base
  let input: FileHandle
  let output: FileHandle

  /// - Parameter onEnd: Called on another thread as soon as the input has ended, even while a
  ///   candidate is being judged: nobody waits for it any more.
  /// - Throws: When a line is not a task or an answer cannot be written.
  mutating func callAsFunction(onEnd: @escaping @Sendable () -> Void) throws {
    let lines = LineQueue()
    let input = input
    Thread {
      var rest = Data()
      while true {
        let data = input.availableData
        if data.isEmpty { break }
        rest.append(data)
        while let end = rest.firstIndex(of: 0x0A) {
          lines.put(Data(rest[..<end]))
          rest = Data(rest[rest.index(after: end)...])
        }
      }
      onEnd()
      lines.put(nil)
    }.start()
    while let line = lines.next() {
      let task = try JSONDecoder().decode(SearchTask<Base.Candidate>.self, from: line)
      let trial = Trial(of: task) { try estimator.estimate(task.candidate, with: task.effort) }
      try output.write(contentsOf: JSONEncoder().encode(trial) + Data("\n".utf8))
    }
  }
}

/// Lines on their way from one thread to another.
private final class LineQueue: @unchecked Sendable {
  private let condition = NSCondition()
  private var lines: [Data?] = []

  /// - Parameter line: `nil` is the end.
  func put(_ line: Data?) {
    condition.lock()
    lines.append(line)
    condition.signal()
    condition.unlock()
  }

  /// Waits for a line; `nil` at the end.
  func next() -> Data? {
    condition.lock()
    defer { condition.unlock() }
    while lines.isEmpty { condition.wait() }
    return lines.removeFirst()
  }
}
