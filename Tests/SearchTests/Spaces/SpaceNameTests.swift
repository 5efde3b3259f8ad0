import Architecture
import Randomness
import Testing

@testable import Search

struct SpaceNameTests {
  private func options(_ space: SpaceName) -> SearchOptions {
    var options = SearchOptions()
    options.space = space
    options.population = 5
    if space == .branches { options.branches.layers = [1, 3] }
    return options
  }

  private func space(_ name: SpaceName) throws -> NetworkSpace {
    try options(name).makeSpace(modalities: ["ct", "mri"], levels: 3)
  }

  private func outcomes(
    _ strategy: StrategyName, in name: SpaceName, resuming finished: [Trial<NetworkDesign>] = []
  ) throws -> [Trial<NetworkDesign>] {
    var options = options(name)
    options.strategy = strategy
    let space = try space(name)
    let strategy = try options.makeStrategy(in: space, using: SplitMix64(seed: 7))
    return try trials(
      of: strategy, judgedBy: HiddenTarget(in: space, failingEvery: 4), within: .trials(20),
      resuming: finished)
  }

  @Test(arguments: SpaceName.allCases, StrategyName.learning)
  func everyStrategyThatLearnsFromOutcomesSearchesIt(
    name: SpaceName, strategy: StrategyName
  ) throws {
    let space = try space(name)
    let whole = try outcomes(strategy, in: name)
    #expect(whole.count == 20)
    #expect(whole.allSatisfy { space.contains($0.genotype) })
    let resumed = try outcomes(strategy, in: name, resuming: Array(whole.prefix(9)))
    #expect(resumed.map(\.genotype) == whole.map(\.genotype))
  }

  @Test func whatOnlyFusionCellsKnowIsRefusedElsewhere() {
    func refusal(
      deepSupervision: Bool = false, _ change: (inout SearchOptions) -> Void = { _ in }
    ) -> String? {
      var options = options(.chains)
      change(&options)
      do {
        try options.checkSpace(deepSupervision: deepSupervision)
        return nil
      } catch {
        return error.description
      }
    }
    #expect(refusal() == nil)
    #expect(
      refusal { $0.strategy = .gdas }
        == "\"strategy\": \"gdas\" and \"space\": \"chains\" do not go together: the strategy follows "
        + "gradients through a supernet, which holds fusion cells only.")
    #expect(
      refusal { $0.estimator = .sharedWeights }
        == "\"estimator\": \"sharedWeights\" and \"space\": \"chains\" do not go together: the weights "
        + "are those of a supernet, which holds fusion cells only.")
    #expect(
      refusal { $0.latencyLimit = 3 }
        == "\"latencyLimit\" and \"space\": \"chains\" do not go together: latencies are foretold from the "
        + "parts of fusion cells.")
    #expect(
      refusal {
        $0.strategy = .nsga2
        $0.objective = .latency
      }
        == "\"objective\": \"latency\" and \"space\": \"chains\" do not go together: latencies are "
        + "foretold from the parts of fusion cells.")
    #expect(
      refusal { $0.combinations = [.sum] }
        == "\"combinations\" and \"space\": \"chains\" do not go together: it is a setting of fusion "
        + "cells.")
    #expect(
      refusal { $0.branches.layers = [1, 3] }
        == "\"branches\" and \"space\": \"chains\" do not go together: it is a setting of branched "
        + "networks.")
    #expect(
      refusal {
        $0.space = .fusionCells
        $0.weights = [0.5]
      }
        == "\"weights\" and \"representations\": [\"joint\"] do not go together: only coordinated cells "
        + "are tied.")
    #expect(
      refusal(deepSupervision: true)
        == "\"deepSupervision\": true and \"space\": \"chains\" do not go together: its networks have a "
        + "single output.")
  }

  @Test func badEndsOfARangeAreRefused() {
    var options = options(.chains)
    options.chains.blocks = [2, 1]
    #expect(
      throws: ArchitectureError.badSpace("\"blocks\" is [2, 1], expected the least and the most")
    ) { try options.makeSpace(modalities: ["ct"], levels: 3) }
  }
}
