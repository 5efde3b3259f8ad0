public import Architecture
import Randomness

/// The strategies that a pipeline can name.
public enum StrategyName: String, Codable, CaseIterable, Sendable {
  case random
  case grid
  case local
  case evolution
  case tournament
  case nsga2
  case bayesian
  case bananas
  case reinforce
  case nao
  case parzen
  case darts
  case dartsSecondOrder
  case gdas
  case pcdarts

  /// How the strategy follows gradients; `nil` for one that learns from outcomes.
  var differentiable: DifferentiableSearch.Method? {
    switch self {
    case .darts: .darts
    case .dartsSecondOrder: .dartsSecondOrder
    case .gdas: .gdas
    case .pcdarts: .pcdarts
    default: nil
    }
  }
}

extension SearchOptions {
  /// The strategy that the options name.
  ///
  /// - Parameter generator: What its randomness is drawn from.
  /// - Throws: ``SearchError/needsSupernet(strategy:)`` for a strategy that follows gradients, which
  ///   needs networks and cases beside a space.
  public func makeStrategy<Space: SearchSpace>(
    in space: Space, using generator: some RandomNumberGenerator
  ) throws(SearchError) -> any Strategy<Space.Candidate> {
    switch strategy {
    case .darts, .dartsSecondOrder, .gdas, .pcdarts:
      throw .needsSupernet(strategy: strategy.rawValue)
    case .random:
      return RandomSearch(in: space, using: generator)
    case .grid:
      return GridSearch(in: space)
    case .local:
      return LocalSearch(in: space, using: generator)
    case .evolution:
      return RegularizedEvolution(
        in: space, populationSize: population, sampleSize: sample, crossover: crossover,
        using: generator)
    case .tournament:
      return TournamentEvolution(
        in: space, populationSize: population, crossover: crossover, using: generator)
    case .nsga2:
      return NSGA2(
        in: space, objectives: [.dice, objective], populationSize: population, using: generator)
    case .bayesian:
      return BayesianOptimization(
        in: space, surrogate: GaussianProcess(), initialSize: population, using: generator)
    case .bananas:
      return bananas(in: space, using: generator)
    case .reinforce:
      return PolicyGradient(in: space, using: generator)
    case .nao:
      return NeuralArchitectureOptimization(in: space, initialSize: population, using: generator)
    case .parzen:
      return ParzenEstimator(in: space, initialSize: population, using: generator)
    }
  }

  private func bananas<Space: SearchSpace>(
    in space: Space, using generator: some RandomNumberGenerator
  ) -> any Strategy<Space.Candidate> {
    var generator = generator
    let seed = generator.next()
    return BayesianOptimization(
      in: space, surrogate: NetworkEnsemble(seed: seed), initialSize: population, using: generator)
  }
}
