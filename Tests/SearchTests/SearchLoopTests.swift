import Architecture
import Randomness
import Testing

@testable import Search

struct SearchLoopTests {
  /// Rewards cells with many edges, and cannot judge sums.
  private struct CountEdges: Estimator {
    struct NoSums: Error, CustomStringConvertible { let description = "no sums today" }
    var calls = 0

    mutating func estimate(_ genotype: Genotype) throws -> Estimate {
      calls += 1
      let nodes = genotype.cells.flatMap(\.nodes)
      if nodes.contains(where: { $0.combination == .sum }) { throw NoSums() }
      return Estimate(dice: Double(nodes.map(\.edges.count).reduce(0, +)) / 100)
    }
  }

  private func strategy(seed: UInt64 = 3) throws -> RandomSearch<FusionCellSpace, SplitMix64> {
    RandomSearch(
      in: try FusionCellSpace(
        modalities: ["ct", "mri"], levels: 3, nodes: 1...2, sharedCell: true),
      using: SplitMix64(seed: seed))
  }

  @Test func goesOnWhenACandidateCannotBeTrained() throws {
    var strategy = try strategy()
    var estimator = CountEdges()
    var trials: [Trial<Genotype>] = []
    try search(with: &strategy, estimatingWith: &estimator, within: .trials(30)) {
      trials.append($0)
    }
    #expect(trials.map(\.number) == Array(1...30))
    #expect(trials.contains { $0.failure == "no sums today" })
    #expect(trials.contains { $0.estimate != nil })
  }

  @Test func aResumedSearchIsTheUninterruptedOne() throws {
    var whole: [Trial<Genotype>] = []
    var first = try strategy()
    var estimator = CountEdges()
    try search(with: &first, estimatingWith: &estimator, within: .trials(12)) { whole.append($0) }
    var resumed = Array(whole.prefix(5))
    var second = try strategy()
    var other = CountEdges()
    try search(
      with: &second, estimatingWith: &other, within: .trials(12), resuming: Array(whole.prefix(5))
    ) { resumed.append($0) }
    // Times differ from run to run, those to a failure too.
    #expect(resumed.map(\.genotype) == whole.map(\.genotype))
    #expect(resumed.map(\.estimate) == whole.map(\.estimate))
    #expect(other.calls == 7)
  }

  @Test func anotherSeedCannotResume() throws {
    var whole: [Trial<Genotype>] = []
    var first = try strategy()
    var estimator = CountEdges()
    try search(with: &first, estimatingWith: &estimator, within: .trials(4)) { whole.append($0) }
    var other = try strategy(seed: 4)
    let error = #expect(throws: SearchError.self) {
      try search(
        with: &other, estimatingWith: &estimator, within: .trials(6), resuming: whole,
        onTrial: { _ in })
    }
    #expect(
      error?.description.hasPrefix("The leaderboard comes from another search: trial 1") == true)
  }
}
