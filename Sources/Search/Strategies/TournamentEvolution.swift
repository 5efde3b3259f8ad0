public import Architecture
import Randomness

/// Evolution by tournaments of two: the worse one dies, the better one has a child.
///
/// A candidate that fails never joins the population, and the one that died for it is not missed:
/// the next tournament only has a child.
///
/// Source: E. Real et al., "Large-Scale Evolution of Image Classifiers", ICML 2017, section 3.1.
public struct TournamentEvolution<Space: SearchSpace, Generator: RandomNumberGenerator>: Strategy {
  private let space: Space
  private let populationSize: Int
  private let crossover: Double
  private var generator: Generator
  private var population: [(candidate: Space.Candidate, score: Double, trial: Int)] = []

  /// The trial that the last proposal descends from.
  private var parent: Int?
  private var isGrown = false

  /// - Parameters:
  ///   - populationSize: How many live; as many random candidates come first.
  ///   - crossover: How many of the children have a second parent, drawn from all, 0 to 1.
  /// - Precondition: At least 3, so that two can still meet when a child has failed.
  public init(
    in space: Space, populationSize: Int, crossover: Double = 0, using generator: Generator
  ) {
    precondition(populationSize > 2, "a population of \(populationSize), expected 3 or more")
    self.space = space
    self.populationSize = populationSize
    self.crossover = crossover
    self.generator = generator
  }

  /// A child of two parents descends from the winner of the tournament.
  public var descent: Descent? {
    Descent(parent: parent, living: Set(population.map(\.trial)))
  }

  public mutating func propose() -> Space.Candidate? {
    guard isGrown else { return space.sample(using: &generator) }
    let first = Int.random(in: population.indices, using: &generator)
    var second = Int.random(in: 0..<(population.count - 1), using: &generator)
    if second >= first { second += 1 }
    let firstWins = population[first].score >= population[second].score
    let winner = population[firstWins ? first : second]
    parent = winner.trial
    if population.count >= populationSize { population.remove(at: firstWins ? second : first) }
    guard crossover > 0, generator.chance(crossover) else {
      return space.mutate(winner.candidate, using: &generator)
    }
    let other = population[Int.random(in: population.indices, using: &generator)].candidate
    let child = space.crossover(winner.candidate, other, using: &generator)
    return space.mutate(child, using: &generator)
  }

  public mutating func observe(_ trial: Trial<Space.Candidate>) {
    guard let estimate = trial.estimate else { return }
    population.append((trial.genotype, estimate.dice, trial.number))
    if population.count >= populationSize { isGrown = true }
  }
}
