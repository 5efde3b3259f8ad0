import Architecture
import Randomness
import Search

/// A strategy of the comparison, ready to be made anew for every seed.
struct Contestant<Candidate: SearchCandidate>: Sendable {
  let name: String

  /// The most trials of one search; a surrogate learns slowly from many.
  var longest = 400

  let make: @Sendable (UInt64) -> any Strategy<Candidate>

  /// Every strategy that learns from nothing but the scores of its trials.
  static func all(in space: some SearchSpace<Candidate>) -> [Contestant] {
    [
      Contestant(name: "random") { RandomSearch(in: space, using: SplitMix64(seed: $0)) },
      Contestant(name: "local") { LocalSearch(in: space, using: SplitMix64(seed: $0)) },
      Contestant(name: "evolution 30/10") {
        RegularizedEvolution(
          in: space, populationSize: 30, sampleSize: 10, using: SplitMix64(seed: $0))
      },
      Contestant(name: "evolution 10/3") {
        RegularizedEvolution(
          in: space, populationSize: 10, sampleSize: 3, using: SplitMix64(seed: $0))
      },
      Contestant(name: "tournament 30") {
        TournamentEvolution(in: space, populationSize: 30, using: SplitMix64(seed: $0))
      },
      Contestant(name: "nsga2 20, Dice alone") {
        NSGA2(in: space, objectives: [.dice], populationSize: 20, using: SplitMix64(seed: $0))
      },
      Contestant(name: "nsga2 20, Dice and parameters") {
        NSGA2(
          in: space, objectives: [.dice, .parameters], populationSize: 20,
          using: SplitMix64(seed: $0))
      },
      Contestant(name: "bayesian, Gaussian process", longest: 200) {
        BayesianOptimization(
          in: space, surrogate: GaussianProcess(), initialSize: 10, using: SplitMix64(seed: $0))
      },
      Contestant(name: "bayesian, networks", longest: 200) {
        BayesianOptimization(
          in: space, surrogate: NetworkEnsemble(seed: $0), initialSize: 10,
          using: SplitMix64(seed: $0))
      },
      Contestant(name: "reinforce") { PolicyGradient(in: space, using: SplitMix64(seed: $0)) },
      Contestant(name: "parzen") {
        ParzenEstimator(in: space, initialSize: 10, using: SplitMix64(seed: $0))
      },
      Contestant(name: "nao", longest: 200) {
        NeuralArchitectureOptimization(in: space, initialSize: 20, using: SplitMix64(seed: $0))
      },
    ]
  }
}
