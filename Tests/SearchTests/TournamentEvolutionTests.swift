import Architecture
import Randomness
import Testing

@testable import Search

struct TournamentEvolutionTests {
  private let space = NASBench201Space()

  private func next(_ strategy: inout some Strategy<NASBench201Cell>) throws -> NASBench201Cell {
    let proposed = try strategy.propose()
    return try #require(proposed)
  }

  @Test func findsTheBestOfAToySpace() throws {
    let trials = try trials(
      of: TournamentEvolution(in: space, populationSize: 12, using: SplitMix64(seed: 5)),
      judgedBy: HiddenTarget(in: space), within: .trials(600))
    #expect(trials.contains { $0.estimate?.dice == 1 })
  }

  // Of three, the best wins every tournament that it is in and dies in none.
  @Test func theBestNeverDies() throws {
    var strategy = TournamentEvolution(in: space, populationSize: 3, using: SplitMix64(seed: 2))
    var best: NASBench201Cell?
    var childrenOfBest = 0
    for number in 1...60 {
      let cell = try next(&strategy)
      best = best ?? cell
      if number > 3, let best, space.neighbours(of: best).contains(cell) { childrenOfBest += 1 }
      strategy.observe(
        Trial(number: number, genotype: cell, estimate: Estimate(dice: number == 1 ? 1 : 0)))
    }
    // It is in two of three tournaments; 20 of 57 is five standard deviations below.
    #expect(childrenOfBest > 20)
  }

  @Test func failedChildrenAreReplaced() throws {
    var strategy = TournamentEvolution(in: space, populationSize: 3, using: SplitMix64(seed: 2))
    for number in 1...40 {
      let cell = try next(&strategy)
      strategy.observe(
        number > 3 && number % 3 != 0
          ? Trial(number: number, genotype: cell, failure: "no memory")
          : Trial(number: number, genotype: cell, estimate: Estimate(dice: 0.5)))
    }
  }
}
