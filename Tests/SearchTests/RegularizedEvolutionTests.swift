import Architecture
import Randomness
import Testing

@testable import Search

struct RegularizedEvolutionTests {
  private let space = NASBench201Space()

  private func next(_ strategy: inout some Strategy<NASBench201Cell>) throws -> NASBench201Cell {
    let proposed = try strategy.propose()
    return try #require(proposed)
  }

  @Test func findsTheBestOfAToySpace() throws {
    let trials = try trials(
      of: RegularizedEvolution(
        in: space, populationSize: 16, sampleSize: 4, using: SplitMix64(seed: 7)),
      judgedBy: HiddenTarget(in: space), within: .trials(400))
    #expect(trials.contains { $0.estimate?.dice == 1 })
  }

  // With one alive and a sample of one, every candidate is a mutant of the one before it, even of a
  // worse one: age decides, not rank.
  @Test func theOldestDiesEvenWhenItIsTheBest() throws {
    var strategy = RegularizedEvolution(
      in: space, populationSize: 1, sampleSize: 1, using: SplitMix64(seed: 1))
    var last: NASBench201Cell?
    for number in 1...20 {
      let cell = try next(&strategy)
      if let last { #expect(space.neighbours(of: last).contains(cell)) }
      strategy.observe(
        Trial(number: number, genotype: cell, estimate: Estimate(dice: 1 / Double(number))))
      last = cell
    }
  }

  @Test func theBestOfTheSampleIsTheParent() throws {
    var strategy = RegularizedEvolution(
      in: space, populationSize: 4, sampleSize: 64, using: SplitMix64(seed: 1))
    var first: NASBench201Cell?
    for number in 1...4 {
      let cell = try next(&strategy)
      first = first ?? cell
      strategy.observe(
        Trial(number: number, genotype: cell, estimate: Estimate(dice: number == 1 ? 1 : 0)))
    }
    // A sample of 64 of 4 misses the best with a chance of 1e-8.
    let child = try next(&strategy)
    #expect(space.neighbours(of: try #require(first)).contains(child))
  }

  /// Of children of two parents without a common choice, those with choices of both.
  @Test(arguments: [0.0, 1.0])
  func crossoverMixesTwoParents(share: Double) throws {
    let space = NASBench201Space()
    var strategy = RegularizedEvolution(
      in: space, populationSize: 2, sampleSize: 1, crossover: share, using: SplitMix64(seed: 2))
    var parents: [[Int]] = []
    for number in 1...2 {
      let proposed = strategy.propose()
      let cell = try #require(proposed)
      parents.append(space.code(of: cell) ?? [])
      strategy.observe(Trial(number: number, genotype: cell, estimate: Estimate(dice: 0.5)))
    }
    var mixtures = 0
    for _ in 0..<200 {
      let proposed = strategy.propose()
      let cell = try #require(proposed)
      let code = try #require(space.code(of: cell))
      // A mutant is one choice away from its parent.
      let nearest = parents.map { parent in zip(parent, code).count { $0 != $1 } }.min() ?? 0
      if nearest > 1 { mixtures += 1 }
    }
    #expect((mixtures > 40) == (share == 1))
    #expect(share == 1 || mixtures == 0)
  }
}
