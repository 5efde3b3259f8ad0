public import Architecture
import Randomness

/// Bayesian optimisation: a surrogate learns from all trials, and the most promising of some mutants
/// of the best and some random candidates is tried next.
///
/// Promising is a draw from what the surrogate believes of each, independently (the paper's ITS), so
/// that doubt is as good as hope. Nothing is tried that is the same network as a candidate before it.
///
/// Source: C. White, W. Neiswanger, Y. Savani, "BANANAS: Bayesian Optimization with Neural
/// Architectures for Neural Architecture Search", AAAI 2021, Algorithm 1 and section 5.
public struct BayesianOptimization<
  Space: SearchSpace, Model: Surrogate, Generator: RandomNumberGenerator
>: Strategy {
  private let space: Space
  private let initialSize: Int
  private let poolSize: Int
  private var surrogate: Model
  private var generator: Generator
  private var seen: Set<String> = []
  private var candidates: [Space.Candidate] = []
  private var features: [[Double]] = []
  private var scores: [Double] = []

  /// How many of the best have mutants.
  private static var parents: Int { 10 }

  private static var patience: Int { 1_000 }

  /// - Parameters:
  ///   - surrogate: What guesses scores, such as ``NetworkEnsemble`` or ``GaussianProcess``.
  ///   - initialSize: How many random candidates come first.
  ///   - poolSize: Among how many candidates is chosen.
  public init(
    in space: Space, surrogate: Model, initialSize: Int, poolSize: Int = 100,
    using generator: Generator
  ) {
    precondition(initialSize > 0 && poolSize > 0, "at least one candidate to begin and to choose")
    self.space = space
    self.surrogate = surrogate
    self.initialSize = initialSize
    self.poolSize = poolSize
    self.generator = generator
  }

  public mutating func propose() -> Space.Candidate? {
    let chosen = scores.count < initialSize ? nil : mostPromising()
    guard let candidate = chosen ?? unseen() else { return nil }
    seen.insert(space.canonicalForm(of: candidate))
    return candidate
  }

  public mutating func observe(_ trial: Trial<Space.Candidate>) {
    guard let estimate = trial.estimate else { return }
    candidates.append(trial.genotype)
    features.append(space.features(of: trial.genotype))
    scores.append(estimate.dice)
  }

  /// A random candidate that is new.
  private mutating func unseen() -> Space.Candidate? {
    for _ in 0..<Self.patience {
      let candidate = space.sample(using: &generator)
      if !seen.contains(space.canonicalForm(of: candidate)) { return candidate }
    }
    return nil
  }

  /// The candidate with the best draw from the surrogate's belief; `nil` when none is new.
  private mutating func mostPromising() -> Space.Candidate? {
    let pool = pool()
    guard !pool.isEmpty else { return nil }
    surrogate.fit(features, scores: NormalScores.of(scores))
    var best: (candidate: Space.Candidate, draw: Double)?
    for candidate in pool {
      let belief = surrogate.predict(space.features(of: candidate))
      let draw = generator.normal(mean: belief.mean, deviation: belief.deviation)
      if draw > best?.draw ?? -.infinity { best = (candidate, draw) }
    }
    return best?.candidate
  }

  /// New candidates: a quarter at random, the others mutants of the best, half of them mutated once,
  /// a quarter twice and so on.
  private mutating func pool() -> [Space.Candidate] {
    let ranking = scores.indices.sorted { scores[$0] > scores[$1] }
    let parents = ranking.prefix(Self.parents).map { candidates[$0] }
    var forms = seen
    var pool: [Space.Candidate] = []
    for draw in 0..<(4 * poolSize) where pool.count < poolSize {
      var candidate = space.sample(using: &generator)
      if draw % 4 != 0 {
        candidate = parents[Int.random(in: parents.indices, using: &generator)]
        repeat {
          candidate = space.mutate(candidate, using: &generator)
        } while Bool.random(using: &generator)
      }
      if forms.insert(space.canonicalForm(of: candidate)).inserted { pool.append(candidate) }
    }
    return pool
  }
}
