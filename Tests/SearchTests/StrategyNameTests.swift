import Architecture
import Randomness
import Testing

@testable import Search

extension StrategyName {
  /// Those that learn from outcomes alone, and so search any space.
  static var learning: [StrategyName] { allCases.filter { $0.differentiable == nil } }
}

/// What must hold for every strategy that learns from outcomes, on every space.
struct StrategyNameTests {
  private func options(_ name: StrategyName) -> SearchOptions {
    var options = SearchOptions()
    options.strategy = name
    options.population = 5
    return options
  }

  private func fusion() throws -> FusionCellSpace {
    try FusionCellSpace(modalities: ["ct", "mri"], levels: 3, nodes: 1...2, sharedCell: false)
  }

  /// The candidates and scores of a search; times differ from run to run.
  private func outcomes<Space: SearchSpace>(
    _ name: StrategyName, in space: Space, seed: UInt64 = 7, trials count: Int = 30,
    resuming finished: [Trial<Space.Candidate>] = []
  ) throws -> [Trial<Space.Candidate>] {
    let strategy = try options(name).makeStrategy(in: space, using: SplitMix64(seed: seed))
    return try trials(
      of: strategy, judgedBy: HiddenTarget(in: space, failingEvery: 4), within: .trials(count),
      resuming: finished)
  }

  private func text<Candidate>(_ trials: [Trial<Candidate>]) -> [String] {
    trials.map { "\($0.number) \($0.genotype) \($0.estimate?.dice ?? -1)" }
  }

  @Test(arguments: StrategyName.learning)
  func survivesFailures(name: StrategyName) throws {
    let trials = try outcomes(name, in: NASBench201Space())
    #expect(trials.map(\.number) == Array(1...30))
    #expect(trials.contains { $0.failure != nil })
    #expect(trials.contains { $0.estimate != nil })
  }

  @Test(arguments: StrategyName.learning)
  func searchesFusionCellsToo(name: StrategyName) throws {
    let space = try fusion()
    let trials = try outcomes(name, in: space)
    #expect(trials.count == 30)
    #expect(trials.allSatisfy { space.contains($0.genotype) })
  }

  @Test(arguments: StrategyName.learning)
  func theSameSeedIsTheSameSearch(name: StrategyName) throws {
    let space = NASBench201Space()
    #expect(try text(outcomes(name, in: space)) == text(outcomes(name, in: space)))
    if name != .grid {
      #expect(try text(outcomes(name, in: space)) != text(outcomes(name, in: space, seed: 8)))
    }
  }

  @Test(arguments: StrategyName.learning)
  func aResumedSearchIsTheUninterruptedOne(name: StrategyName) throws {
    let space = try fusion()
    let whole = try outcomes(name, in: space)
    for done in [1, 13, 22] {
      let resumed = try outcomes(name, in: space, resuming: Array(whole.prefix(done)))
      #expect(text(resumed) == text(whole))
    }
  }

  @Test(arguments: [StrategyName.darts, .dartsSecondOrder, .gdas, .pcdarts])
  func aStrategyThatFollowsGradientsNeedsMoreThanASpace(name: StrategyName) throws {
    let error = #expect(throws: SearchError.self) {
      try options(name).makeStrategy(in: NASBench201Space(), using: SplitMix64(seed: 1))
    }
    #expect(
      error?.description
        == "'\(name.rawValue)' follows gradients through a supernet of fusion cells; "
        + "this space has none.")
  }

  @Test(arguments: StrategyName.learning)
  func learnsMoreThanChance(name: StrategyName) throws {
    guard ![.random, .grid].contains(name) else { return }
    let space = NASBench201Space()
    let target = HiddenTarget(in: space)
    let chance = try meanBest(trials: 60, seeds: 0..<5, judgedBy: target) {
      RandomSearch(in: space, using: SplitMix64(seed: $0))
    }
    let found = try meanBest(trials: 60, seeds: 0..<5, judgedBy: target) {
      try options(name).makeStrategy(in: space, using: SplitMix64(seed: $0))
    }
    #expect(found > chance)
  }
}
