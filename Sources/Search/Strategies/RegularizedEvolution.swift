public import Architecture
import Randomness

/// Aging evolution: mutate the best of a random few, and let the oldest die.
///
/// A candidate that fails never joins the population. The paper has no crossover; with a share of it,
/// so many children are mutants of a mixture of two parents.
///
/// Source: E. Real et al., "Regularized Evolution for Image Classifier Architecture Search", AAAI
/// 2019, Algorithm 1.
public struct RegularizedEvolution<Space: SearchSpace, Generator: RandomNumberGenerator>: Strategy {
  private let space: Space
  private let populationSize: Int
  private let sampleSize: Int
  private let crossover: Double
  private var generator: Generator

  /// The living, oldest first.
  private var population: [(candidate: Space.Candidate, score: Double)] = []

  /// - Parameters:
  ///   - populationSize: How many live; as many random candidates come first.
  ///   - sampleSize: Of how many of them, drawn with replacement, the best has a child.
  ///   - crossover: How many of the children have two parents, 0 to 1.
  /// - Precondition: Both sizes are at least 1.
  public init(
    in space: Space, populationSize: Int, sampleSize: Int, crossover: Double = 0,
    using generator: Generator
  ) {
    precondition(
      populationSize > 0 && sampleSize > 0,
      "a population of \(populationSize) and samples of \(sampleSize), expected 1 or more")
    self.space = space
    self.populationSize = populationSize
    self.sampleSize = sampleSize
    self.crossover = crossover
    self.generator = generator
  }

  public mutating func propose() -> Space.Candidate? {
    guard population.count == populationSize else { return space.sample(using: &generator) }
    let parent = bestOfAFew()
    guard crossover > 0, generator.chance(crossover) else {
      return space.mutate(parent, using: &generator)
    }
    let child = space.crossover(parent, bestOfAFew(), using: &generator)
    return space.mutate(child, using: &generator)
  }

  /// The best of a few members drawn with replacement.
  private mutating func bestOfAFew() -> Space.Candidate {
    var best = Int.random(in: population.indices, using: &generator)
    for _ in 1..<sampleSize {
      let rival = Int.random(in: population.indices, using: &generator)
      if population[rival].score > population[best].score { best = rival }
    }
    return population[best].candidate
  }

  public mutating func observe(_ trial: Trial<Space.Candidate>) {
    guard let estimate = trial.estimate else { return }
    population.append((trial.genotype, estimate.dice))
    if population.count > populationSize { population.removeFirst() }
  }
}
