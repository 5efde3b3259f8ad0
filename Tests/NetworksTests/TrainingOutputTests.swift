import Architecture
import Foundation
import NetworkTestSupport
import Randomness
import TestSupport
import Testing
import Torch

@testable import Networks

struct TrainingOutputTests {
  private func makeNetwork(_ cells: [CellGenotype]) throws -> SegmentationNetwork {
    var generator = SplitMix64(seed: 4)
    let genotype = try Genotype(modalities: ["ct", "mri"], cells: cells)
    return try SegmentationNetwork(
      design: .fused(genotype), topology: smallTopology, using: &generator)
  }

  private func inputs() throws -> [Tensor] {
    try (0..<2).map { try image($0, [2, 1, 4, 8, 8]).converted(to: .float32) }
  }

  private func coordinated(
    _ constraint: Constraint, weight: Double = 0.5
  ) throws -> CellGenotype {
    try .coordinated(by: Coordination(constraint, weight: weight), .convolution1, inputs: 2)
  }

  @Test func onlyCoordinatedLevelsHaveATerm() throws {
    let network = try makeNetwork([
      coordinated(.cosine), .uniform(.gated, .skip, inputs: 2),
      coordinated(.canonicalCorrelation, weight: 2),
    ])
    var generator = SplitMix64(seed: 1)
    let output = try network.trainingOutput(of: inputs(), using: &generator)
    #expect(output.coordination.map(\.level) == [0, 2])
    #expect(
      try output.coordination.map(\.coordination) == [
        Coordination(.cosine, weight: 0.5), Coordination(.canonicalCorrelation, weight: 2),
      ])
    let values = try output.coordination.map { try $0.value.item() }
    #expect(values.allSatisfy { $0 > 0 && $0 < 2 })
    let loss = try #require(try output.coordinationLoss()).item()
    #expect(abs(loss - (0.5 * values[0] + 2 * values[1])) < 1e-12)
  }

  @Test func aJointNetworkHasNoTerm() throws {
    let network = try makeNetwork([.uniform(.mean, .convolution1, inputs: 2)])
    var generator = SplitMix64(seed: 1)
    let output = try network.trainingOutput(
      of: inputs(), deepSupervision: true, using: &generator)
    #expect(output.coordination.isEmpty)
    #expect(try output.coordinationLoss() == nil)
    let plain = try network(inputs(), deepSupervision: true)
    #expect(try output.logits.map { try $0.floats() } == plain.map { try $0.floats() })
  }

  @Test func equalProjectionsObeyTheCosine() throws {
    let network = try makeNetwork([coordinated(.cosine)])
    // The weights of both modalities made equal, and equal images.
    let weights = Dictionary(
      uniqueKeysWithValues: network.namedWeights.map { ($0.name, $0.tensor) })
    for (name, tensor) in weights {
      let twin = name.replacingOccurrences(of: "encoder.mri", with: "encoder.ct")
        .replacingOccurrences(of: "edge1", with: "edge0")
      if twin != name { try tensor.copyValues(from: try #require(weights[twin])) }
    }
    let input = try inputs()[0]
    var generator = SplitMix64(seed: 1)
    let output = try network.trainingOutput(of: [input, input], using: &generator)
    for term in output.coordination { expectClose(try term.value.item(), 0, within: 1e-6) }
  }
}
