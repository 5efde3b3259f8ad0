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
}

extension SearchOptions {
  /// The strategy that the options name.
  ///
  /// - Parameter generator: What its randomness is drawn from.
  public func makeStrategy<Space: SearchSpace>(
    in space: Space, using generator: some RandomNumberGenerator
  ) -> any Strategy<Space.Candidate> {
    switch strategy {
    case .random:
      RandomSearch(in: space, using: generator)
    case .grid:
      GridSearch(in: space)
    case .local:
      LocalSearch(in: space, using: generator)
    case .evolution:
      RegularizedEvolution(
        in: space, populationSize: population, sampleSize: sample, crossover: crossover,
        using: generator)
    case .tournament:
      TournamentEvolution(
        in: space, populationSize: population, crossover: crossover, using: generator)
    case .nsga2:
      NSGA2(
        in: space, objectives: [.dice, objective], populationSize: population, using: generator)
    case .bayesian:
      BayesianOptimization(
        in: space, surrogate: GaussianProcess(), initialSize: population, using: generator)
    case .bananas:
      bananas(in: space, using: generator)
    case .reinforce:
      PolicyGradient(in: space, using: generator)
    case .nao:
      NeuralArchitectureOptimization(in: space, initialSize: population, using: generator)
    case .parzen:
      ParzenEstimator(in: space, initialSize: population, using: generator)
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
