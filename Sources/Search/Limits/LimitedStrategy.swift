import Architecture

/// Lets only those proposals of another strategy through that keep every limit.
///
/// The other strategy is told nothing of those that do not.
struct LimitedStrategy<Candidate: SearchCandidate>: Strategy {
  private var base: any Strategy<Candidate>
  private let limits: [CostLimit<Candidate>]
  private let tally: LimitTally

  /// After so many proposals in a row that were refused there is nothing left to try.
  static var patience: Int { 10_000 }

  /// - Parameter tally: Counts who was refused.
  init(
    _ base: any Strategy<Candidate>, limits: [CostLimit<Candidate>], tally: LimitTally
  ) {
    self.base = base
    self.limits = limits
    self.tally = tally
  }

  var proposingSeconds: Double { base.proposingSeconds }

  var descent: Descent? { base.descent }

  mutating func propose() throws -> Candidate? {
    for _ in 0..<Self.patience {
      guard let candidate = try base.propose() else { return nil }
      let costs = try limits.map { try $0.cost(candidate) }
      let exceeded = zip(limits, costs).filter { $1 > $0.most }.map { ($0.key, $1) }
      tally.count(exceeding: exceeded)
      if exceeded.isEmpty { return candidate }
    }
    return nil
  }

  mutating func observe(_ trial: Trial<Candidate>) { base.observe(trial) }
}
