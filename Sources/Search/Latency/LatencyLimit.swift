import Architecture

/// Lets only those proposals of another strategy through whose latency is within a limit.
///
/// The other strategy is told nothing of those that are not.
struct LatencyLimit<Candidate: SearchCandidate>: Strategy {
  private var base: any Strategy<Candidate>
  private let milliseconds: Double
  private let latency: (Candidate) throws -> Double

  /// After so many proposals in a row that were too slow there is nothing left to try.
  private static var patience: Int { 10_000 }

  init(
    _ base: any Strategy<Candidate>, milliseconds: Double,
    latency: @escaping (Candidate) throws -> Double
  ) {
    self.base = base
    self.milliseconds = milliseconds
    self.latency = latency
  }

  var proposingSeconds: Double { base.proposingSeconds }

  var descent: Descent? { base.descent }

  mutating func propose() throws -> Candidate? {
    for _ in 0..<Self.patience {
      guard let candidate = try base.propose() else { return nil }
      if try latency(candidate) <= milliseconds { return candidate }
    }
    return nil
  }

  mutating func observe(_ trial: Trial<Candidate>) { base.observe(trial) }
}
