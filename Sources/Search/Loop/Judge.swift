import Architecture
import Dispatch

/// A candidate on its way to a judgement.
struct SearchTask<Candidate: SearchCandidate>: Codable, Sendable {
  let number: Int
  let candidate: Candidate
  let effort: Effort
}

/// Carries out estimates, perhaps several at a time.
protocol Judge<Candidate> {
  associatedtype Candidate: SearchCandidate

  /// How many tasks can be on their way at once.
  var width: Int { get }

  mutating func begin(_ task: SearchTask<Candidate>) throws

  /// Waits for the outcome of a task that was begun.
  ///
  /// - Throws: Only what makes the whole search impossible; a candidate's own failure is an outcome.
  mutating func finish(_ task: SearchTask<Candidate>) throws -> Trial<Candidate>
}

/// Estimates in this process, one candidate at a time.
struct LocalJudge<Candidate: SearchCandidate, Base>: Judge {
  var estimator: Base
  let estimate: (inout Base, Candidate, Effort) throws -> Estimate

  var width: Int { 1 }

  mutating func begin(_ task: SearchTask<Candidate>) {}

  mutating func finish(_ task: SearchTask<Candidate>) -> Trial<Candidate> {
    Trial(of: task) { try estimate(&estimator, task.candidate, task.effort) }
  }
}

extension Trial {
  /// Estimates a candidate and keeps what became of it; a score that is no number is a failure.
  ///
  /// - Parameter start: When work on it began, by the uptime in nanoseconds; `nil`: it begins now.
  init(
    of task: SearchTask<Candidate>, since start: UInt64? = nil,
    judging estimate: () throws -> Estimate
  ) {
    let start = start ?? DispatchTime.now().uptimeNanoseconds
    func elapsed() -> Double { Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9 }
    do {
      let estimate = try estimate()
      if estimate.dice.isFinite {
        self.init(number: task.number, genotype: task.candidate, estimate: estimate)
      } else {
        self.init(
          number: task.number, genotype: task.candidate,
          failure: "its score is \(estimate.dice), which is no number", after: elapsed())
      }
    } catch {
      self.init(
        number: task.number, genotype: task.candidate, failure: "\(error)", after: elapsed())
    }
    effort = task.effort.share == 1 ? nil : task.effort.share
    parent = task.effort.lineage?.parent
  }
}
