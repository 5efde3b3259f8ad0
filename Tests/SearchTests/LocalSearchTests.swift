import Architecture
import Randomness
import Testing

@testable import Search

struct LocalSearchTests {
  private let space = NASBench201Space()

  @Test func triesAllNeighboursBeforeItMoves() throws {
    let trials = try trials(
      of: LocalSearch(in: space, using: SplitMix64(seed: 1)),
      judgedBy: HiddenTarget(in: space), within: .trials(46))
    let start = trials[0].genotype
    #expect(Set(trials[1...24].map(\.genotype)) == Set(space.neighbours(of: start)))
    let best = try #require(
      trials[1...24].max { ($0.estimate?.dice ?? 0) < ($1.estimate?.dice ?? 0) })
    // Of the next place's 24 neighbours one is where it came from, three differ on the same edge.
    let next = Set(space.neighbours(of: best.genotype)).subtracting(trials[...24].map(\.genotype))
    #expect(next.count == 20)
    #expect(Set(trials[25...44].map(\.genotype)) == next)
  }

  // Every step sets one of six edges right, so that six steps lead to the top from anywhere.
  @Test func climbsToTheTop() throws {
    let trials = try trials(
      of: LocalSearch(in: space, using: SplitMix64(seed: 2)),
      judgedBy: HiddenTarget(in: space), within: .trials(1 + 6 * 24))
    #expect(trials.contains { $0.estimate?.dice == 1 })
  }

  @Test func startsAnewFromASummitAndTriesNothingTwiceUntilTheSpaceIsUsedUp() throws {
    let small = try FusionCellSpace(
      modalities: ["ct", "mri"], levels: 1, nodes: 1...1, sharedCell: true)
    let trials = try trials(
      of: LocalSearch(in: small, using: SplitMix64(seed: 3)),
      judgedBy: HiddenTarget(in: small), within: .trials(1_000))
    #expect(Double(trials.count) == small.count)
    #expect(Set(trials.map(\.genotype)).count == trials.count)
  }
}
