public import Architecture

/// ASHA: many candidates with little work, the best of them with more, without ever waiting.
///
/// Rungs are shares of the full work. Whenever the best 1/η of a rung's outcomes hold one that has not
/// gone on, it goes on to the next rung; else the strategy proposes another one for the lowest. The
/// strategy learns from the lowest rung alone, where all outcomes can be compared. A candidate that
/// fails goes no further.
///
/// Source: L. Li et al., "A System for Massively Parallel Hyperparameter Tuning", MLSys 2020,
/// Algorithm 2.
public struct SuccessiveHalving<Candidate: SearchCandidate>: Scheduler {
  private struct Rung {
    let share: Double
    var outcomes: [(candidate: Candidate, score: Double)] = []
    var promoted: Set<Candidate> = []
  }

  private var strategy: any Strategy<Candidate>
  private var rungs: [Rung]
  private let reduction: Double

  /// - Parameters:
  ///   - strategy: Proposes the candidates.
  ///   - shares: The rungs' parts of the full work, rising; the last is usually 1.
  ///   - reduction: Of how many outcomes of a rung one goes on (η).
  public init(_ strategy: any Strategy<Candidate>, shares: [Double], reduction: Double) {
    precondition(
      !shares.isEmpty && shares == shares.sorted() && Set(shares).count == shares.count
        && reduction > 1, "shares \(shares) and a reduction of \(reduction)")
    self.strategy = strategy
    self.reduction = reduction
    rungs = shares.map { Rung(share: $0) }
  }

  public mutating func next() throws -> Proposal<Candidate>? {
    for index in rungs.indices.dropLast().reversed() {
      let outcomes = rungs[index].outcomes.sorted { $0.score > $1.score }
      let best = outcomes.prefix(Int(Double(outcomes.count) / reduction))
      for (candidate, _) in best where rungs[index].promoted.insert(candidate).inserted {
        return Proposal(candidate, share: rungs[index + 1].share)
      }
    }
    return try strategy.propose().map { Proposal($0, share: rungs[0].share) }
  }

  public mutating func observe(_ trial: Trial<Candidate>) {
    guard let index = rungs.firstIndex(where: { $0.share == trial.share }) else { return }
    if let estimate = trial.estimate {
      rungs[index].outcomes.append((trial.genotype, estimate.dice))
    }
    if index == 0 { strategy.observe(trial) }
  }
}

/// The parts of the full work that successive halving spends.
public enum Rungs {
  /// So many shares, each η times the one before, the last of them 1.
  public static func shares(count: Int, reduction: Double) -> [Double] {
    (0..<count).reversed().map { below in
      (0..<below).reduce(1) { share, _ in share / reduction }
    }
  }
}
