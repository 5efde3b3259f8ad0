import Architecture
import Dispatch
public import Foundation

/// How a process that estimates for a search is started.
public struct WorkerCommand: Hashable, Sendable {
  public let executable: URL
  public let arguments: [String]

  /// - Parameters:
  ///   - executable: A program that answers a line of JSON with a ``SearchTask`` on standard input by
  ///     a line of JSON with a ``Trial`` on standard output, as ``WorkerService`` does.
  public init(executable: URL, arguments: [String]) {
    self.executable = executable
    self.arguments = arguments
  }
}

/// Estimates in several processes; one that dies fails its own trial only.
///
/// Which process judges which candidate is left to chance, and must not matter to the outcome.
final class WorkerPool<Candidate: SearchCandidate>: Judge, @unchecked Sendable {
  let width: Int
  private let command: WorkerCommand

  /// Guards everything below.
  private let condition = NSCondition()
  private var workers: [WorkerProcess] = []
  private var present: [ObjectIdentifier: SearchTask<Candidate>] = [:]

  /// When each task that is present was handed out.
  private var starts: [Int: UInt64] = [:]
  private var queue: [SearchTask<Candidate>] = []
  private var trials: [Int: Trial<Candidate>] = [:]
  private var isClosed = false

  /// Starts the processes.
  ///
  /// - Throws: What kept the first of them from starting.
  init(count: Int, command: WorkerCommand) throws {
    precondition(count > 0, "\(count) workers, expected 1 or more")
    width = count
    self.command = command
    for _ in 0..<count { try hire() }
  }

  func begin(_ task: SearchTask<Candidate>) {
    condition.lock()
    defer { condition.unlock() }
    queue.append(task)
    // In place of one that has died; whoever waits for a trial hears why it cannot be hired.
    if workers.count < width { _ = try? hire() }
    handOut()
  }

  func finish(_ task: SearchTask<Candidate>) throws -> Trial<Candidate> {
    condition.lock()
    defer { condition.unlock() }
    while trials[task.number] == nil {
      if workers.isEmpty { try hire() }
      handOut()
      if trials[task.number] == nil { condition.wait() }
    }
    return trials.removeValue(forKey: task.number)
      ?? Trial(number: task.number, genotype: task.candidate, failure: "it has no outcome")
  }

  /// Ends the processes; to be called once, at the end.
  func close() {
    condition.lock()
    isClosed = true
    let all = workers
    workers = []
    condition.unlock()
    for worker in all { worker.end() }
  }

  /// Starts one more process. The lock is held, or nobody else knows the pool yet.
  private func hire() throws {
    let worker = try WorkerProcess(command) { [weak self] worker, event in
      self?.handle(event, of: worker)
    }
    workers.append(worker)
    worker.listen()
  }

  /// Gives waiting tasks to idle processes; the lock is held.
  private func handOut() {
    for worker in workers where !queue.isEmpty && present[ObjectIdentifier(worker)] == nil {
      let task = queue.removeFirst()
      present[ObjectIdentifier(worker)] = task
      starts[task.number] = DispatchTime.now().uptimeNanoseconds
      do {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        try worker.send(encoder.encode(task))
      } catch {
        // The process has just died, and its end will be heard of.
        continue
      }
    }
  }

  private func handle(_ event: WorkerProcess.Event, of worker: WorkerProcess) {
    condition.lock()
    defer {
      condition.broadcast()
      condition.unlock()
    }
    let task = present.removeValue(forKey: ObjectIdentifier(worker))
    let start = task.flatMap { starts.removeValue(forKey: $0.number) }
    switch event {
    case .line(let line):
      if let task { trials[task.number] = Self.trial(from: line, of: task) }
    case .end(let reason):
      workers.removeAll { $0 === worker }
      if let task {
        trials[task.number] = Trial(of: task, since: start) { throw WorkerError(reason: reason) }
      }
      guard !isClosed, !queue.isEmpty else { return }
      // Whoever waits for a trial hires another when there is none left.
      _ = try? hire()
    }
    handOut()
  }

  private static func trial(
    from line: Data, of task: SearchTask<Candidate>
  ) -> Trial<Candidate> {
    do {
      let trial = try JSONDecoder().decode(Trial<Candidate>.self, from: line)
      guard trial.number == task.number, trial.genotype == task.candidate else {
        throw WorkerError(reason: "it answered for trial \(trial.number)")
      }
      return trial
    } catch {
      return Trial(of: task) { throw error }
    }
  }
}

/// Why a process gave no estimate.
struct WorkerError: Error, CustomStringConvertible {
  let reason: String

  var description: String { "The worker process gave no estimate: \(reason)." }
}
