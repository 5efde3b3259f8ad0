public import Architecture

/// Aging evolution: mutate the best of a random few, and let the oldest die.
///
/// A candidate that fails never joins the population.
///
/// Source: E. Real et al., "Regularized Evolution for Image Classifier Architecture Search", AAAI
/// 2019, Algorithm 1.
public struct RegularizedEvolution<Space: SearchSpace, Generator: RandomNumberGenerator>: Strategy {
  private let space: Space
  private let populationSize: Int
  private let sampleSize: Int
  private var generator: Generator

  /// The living, oldest first.
  private var population: [(candidate: Space.Candidate, score: Double)] = []

  /// - Parameters:
  ///   - populationSize: How many live; as many random candidates come first.
  ///   - sampleSize: Of how many of them, drawn with replacement, the best has a child.
  /// - Precondition: Both are at least 1.
  public init(
    in space: Space, populationSize: Int, sampleSize: Int, using generator: Generator
  ) {
    precondition(
      populationSize > 0 && sampleSize > 0,
      "a population of \(populationSize) and samples of \(sampleSize), expected 1 or more")
    self.space = space
    self.populationSize = populationSize
    self.sampleSize = sampleSize
    self.generator = generator
  }

  public mutating func propose() -> Space.Candidate? {
    guard population.count == populationSize else { return space.sample(using: &generator) }
    var parent = Int.random(in: population.indices, using: &generator)
    for _ in 1..<sampleSize {
      let rival = Int.random(in: population.indices, using: &generator)
      if population[rival].score > population[parent].score { parent = rival }
    }
    return space.mutate(population[parent].candidate, using: &generator)
  }

  public mutating func observe(_ trial: Trial<Space.Candidate>) {
    guard let estimate = trial.estimate else { return }
    population.append((trial.genotype, estimate.dice))
    if population.count > populationSize { population.removeFirst() }
  }
}
