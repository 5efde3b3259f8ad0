import Architecture
import Randomness
import Testing

@testable import Search

struct RegularizedEvolutionTests {
  private let space = NASBench201Space()

  private func next(_ strategy: inout some Strategy<NASBench201Cell>) throws -> NASBench201Cell {
    let proposed = strategy.propose()
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
}
