public import Architecture

/// Hyperband: successive halving again and again, beginning with many candidates and little work,
/// then with fewer and more.
///
/// A bracket waits for all outcomes of a rung before the best 1/η of it go on. Scores of different
/// shares cannot be compared, so every share at which a bracket begins has a strategy of its own,
/// which learns from all outcomes at that share. With ``ParzenEstimator`` this is close to BOHB, whose
/// brackets all ask the model of the largest share with enough outcomes. A strategy that has nothing left
/// to propose ends its bracket's first rung early, and the best of that rung go on all the same.
///
/// Source: L. Li et al., "Hyperband: A Novel Bandit-Based Approach to Hyperparameter Optimization",
/// JMLR 18, 2018, Algorithm 1.
public struct Hyperband<Candidate: SearchCandidate>: Scheduler {
  private let shares: [Double]
  private let reduction: Double
  private var strategies: [any Strategy<Candidate>]

  /// At which share the present bracket begins.
  private var bracket = 0

  /// At which share it stands.
  private var rung = 0

  /// How many candidates the strategy still has to propose in the bracket's first rung.
  private var fresh = 0

  /// The candidates that go on to the present rung, the next one last.
  private var waiting: [Candidate] = []

  /// How many outcomes of the rung are not known yet.
  private var outstanding = 0

  private var outcomes: [(candidate: Candidate, score: Double)] = []

  /// The shares whose strategies have nothing left to propose.
  private var exhausted: Set<Int> = []

  /// - Parameters:
  ///   - shares: The parts of the full work, rising; each about η times the one before.
  ///   - reduction: Of how many outcomes of a rung one goes on (η).
  ///   - makeStrategy: Makes the strategy of the brackets that begin at the share with this index.
  public init<Failure: Error>(
    shares: [Double], reduction: Double,
    makeStrategy: (Int) throws(Failure) -> any Strategy<Candidate>
  ) throws(Failure) {
    precondition(
      !shares.isEmpty && shares == shares.sorted() && reduction > 1,
      "shares \(shares) and a reduction of \(reduction)")
    self.shares = shares
    self.reduction = reduction
    var strategies: [any Strategy<Candidate>] = []
    for index in shares.indices { strategies.append(try makeStrategy(index)) }
    self.strategies = strategies
    fresh = Self.size(ofBracket: 0, of: shares.count, reduction: reduction)
  }

  /// With how many candidates a bracket begins: such that all brackets cost about the same.
  static func size(ofBracket bracket: Int, of count: Int, reduction: Double) -> Int {
    let halvings = count - 1 - bracket
    let many = (0..<halvings).reduce(1.0) { power, _ in power * reduction }
    return Int((Double(count) / Double(halvings + 1) * many).rounded(.up))
  }

  public mutating func next() throws -> Proposal<Candidate>? {
    while true {
      if let candidate = try waiting.popLast() ?? proposed() {
        outstanding += 1
        return Proposal(candidate, share: shares[rung])
      }
      guard outstanding == 0, !outcomes.isEmpty || exhausted.count < shares.count else {
        return nil
      }
      goOn()
    }
  }

  /// Another candidate for the bracket's first rung; `nil` when the rung is full or nothing is left.
  private mutating func proposed() throws -> Candidate? {
    guard fresh > 0 else { return nil }
    guard let candidate = try strategies[bracket].propose() else {
      exhausted.insert(bracket)
      fresh = 0
      return nil
    }
    fresh -= 1
    return candidate
  }

  public mutating func observe(_ trial: Trial<Candidate>) {
    if let index = shares.firstIndex(of: trial.share) { strategies[index].observe(trial) }
    outstanding -= 1
    if let estimate = trial.estimate { outcomes.append((trial.genotype, estimate.dice)) }
  }

  /// To the next rung of the bracket, or to the next bracket.
  private mutating func goOn() {
    let best = outcomes.sorted { $0.score > $1.score }
      .prefix(Int(Double(outcomes.count) / reduction))
    outcomes = []
    if rung + 1 < shares.count, !best.isEmpty {
      rung += 1
      waiting = best.map(\.candidate).reversed()
    } else {
      bracket = (bracket + 1) % shares.count
      rung = bracket
      fresh =
        exhausted.contains(bracket)
        ? 0 : Self.size(ofBracket: bracket, of: shares.count, reduction: reduction)
    }
  }
}
