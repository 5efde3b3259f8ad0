import Architecture
import Foundation
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

  /// The term is the loss of the projections at the chosen voxels, and its slope reaches the encoders.
  @Test(arguments: Constraint.allCases)
  func aTermComparesTheProjectionsAtTheSameVoxels(constraint: Constraint) throws {
    let features = try (0..<2).map { try image($0, [2, 4, 3, 4, 5]) }
    for tensor in features { try tensor.markAsWeight() }
    let parts = features.map { PartialFeatures($0, isPresent: [true, true]) }
    var generator = SplitMix64(seed: 9)
    let term = try Coordination(constraint, weight: 3).term(of: parts, using: &generator)
    // Sixty voxels are fewer than are drawn, so all are compared.
    let views = try features.map { try $0.voxelEmbeddings(at: Array(0..<60)) }
    let expected = try CoordinationConstraint(constraint).loss(of: Embeddings(views))
    expectClose(try term.item(), try expected.item(), within: 1e-12)
    try term.backward()
    for tensor in features {
      let gradient = try #require(tensor.gradient).doubles()
      #expect(gradient.contains { $0 != 0 } && gradient.allSatisfy { $0.isFinite })
    }
  }

  @Test func anImageThatLacksAModalityIsNotCompared() throws {
    let first = try image(0, [2, 3, 2, 2, 2])
    let second = try image(1, [2, 3, 2, 2, 2])
    var generator = SplitMix64(seed: 9)
    let constraint = try Coordination(.cosine, weight: 1)
    let partly = try constraint.term(
      of: [
        PartialFeatures(first, isPresent: [true, true]),
        PartialFeatures(second, isPresent: [false, true]),
      ], using: &generator)
    let alone = try constraint.term(
      of: try [first, second].map {
        PartialFeatures(try $0.narrowed(axis: 0, from: 1, count: 1), isPresent: [true])
      }, using: &generator)
    expectClose(try partly.item(), try alone.item(), within: 1e-12)
  }

  @Test func withoutTwoModalitiesTheTermIsZero() throws {
    let only = PartialFeatures(try image(0, [1, 2, 2, 2, 2]), isPresent: [true])
    let none = PartialFeatures(nil, isPresent: [false])
    var generator = SplitMix64(seed: 9)
    for parts in [[only, none], [none, none]] {
      let term = try Coordination(.contrastive, weight: 1).term(of: parts, using: &generator)
      #expect(try term.item() == 0)
    }
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
