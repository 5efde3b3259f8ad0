import Architecture
import NetworkTestSupport
import Networks
import Randomness
import Testing
import Torch

/// Reference values: PyTorch 2.15, from Tests/Reference/network_values.py.
struct SegmentationNetworkTests {
  private func makeNetwork(_ design: NetworkDesign, seed: UInt64 = 1) throws -> SegmentationNetwork
  {
    var generator = SplitMix64(seed: seed)
    return try SegmentationNetwork(design: design, topology: smallTopology, using: &generator)
  }

  private func expectReference(
    _ design: NetworkDesign, logits: [String: [Double]], gradients: [String: [Double]]
  ) throws {
    let network = try makeNetwork(design)
    try network.fillByName()
    let inputs = try (0..<2).map { try image($0, [2, 1, 4, 8, 8]) }
    let outputs = try network(inputs, deepSupervision: true)
    #expect(outputs.map(\.shape) == [[2, 3, 4, 8, 8], [2, 3, 4, 4, 4]])
    for (level, output) in outputs.enumerated() {
      #expect(agree(try digest(output), logits["level\(level)"]))
    }
    try (probe(outputs[0]) + probe(outputs[1])).backward()
    #expect(network.namedWeights.map(\.name).sorted() == gradients.keys.sorted())
    for (name, tensor) in network.namedWeights {
      let found = try digest(#require(tensor.gradient))
      #expect(agree(found, gradients[name]), "\(name): \(found)")
    }
  }

  @Test func aFusedNetworkAgreesWithPyTorch() throws {
    try expectReference(
      referenceDesign(), logits: NetworkReferenceValues.fusedLogits,
      gradients: NetworkReferenceValues.fusedGradients)
  }

  @Test func earlyFusionAgreesWithPyTorch() throws {
    try expectReference(
      .early(["ct", "mri"]), logits: NetworkReferenceValues.earlyLogits,
      gradients: NetworkReferenceValues.earlyGradients)
  }

  private static func designs() throws -> [NetworkDesign] {
    let names = ["ct", "mri", "pet"]
    var designs: [NetworkDesign] = [.single("mri"), .early(names)]
    for combination in Combination.allCases {
      for operation in Architecture.Operation.allCases {
        let cell = try CellGenotype.uniform(combination, operation, inputs: 3)
        designs.append(.fused(try Genotype(modalities: names, cells: [cell])))
      }
    }
    for constraint in Constraint.allCases {
      let cell = try CellGenotype.coordinated(
        by: Coordination(constraint, weight: 0.1), .convolution1, inputs: 3)
      designs.append(.fused(try Genotype(modalities: names, cells: [cell])))
    }
    let space = try FusionCellSpace(
      modalities: names, levels: 3, nodes: 1...3, vocabulary: .complete)
    var generator = SplitMix64(seed: 8)
    return designs + (0..<10).map { _ in .fused(space.sample(using: &generator)) }
  }

  @Test func everyDesignHasTheWeightsThatCostStates() throws {
    for design in try Self.designs() {
      let network = try makeNetwork(design)
      let cost = Cost.of(design, topology: smallTopology, patch: [4, 8, 8])
      #expect(network.weightCount == cost.parameters, "\(design)")
      let names = network.namedWeights.map(\.name)
      #expect(Set(names).count == names.count)
    }
  }

  @Test func costCountsMultiplyAddsAsPyTorchDoes() throws {
    let patch = [4, 8, 8]
    let fused = Cost.of(try referenceDesign(), topology: smallTopology, patch: patch)
    let early = Cost.of(.early(["ct", "mri"]), topology: smallTopology, patch: patch)
    #expect(fused.multiplyAdds == NetworkReferenceValues.fusedMultiplyAdds)
    #expect(early.multiplyAdds == NetworkReferenceValues.earlyMultiplyAdds)
  }

  /// The reference of attention goes over all pairs of voxels, so it is counted by hand, in `CostTests`.
  @Test(arguments: Architecture.Operation.allCases.filter { $0 != .crossModalAttention })
  func costCountsEveryOperationAsPyTorchDoes(operation: Architecture.Operation) throws {
    func cost(_ operation: Architecture.Operation) throws -> Double {
      let genotype = try Genotype(
        modalities: ["ct", "mri"], cells: [.uniform(.sum, operation, inputs: 2)])
      return Cost.of(.fused(genotype), topology: smallTopology, patch: [12, 16, 16]).multiplyAdds
    }
    let expected = try #require(
      NetworkReferenceValues.operationMultiplyAdds[operation.rawValue]?.first)
    #expect(try cost(operation) - cost(.skip) == 2 * expected)
  }

  @Test func everyWeightOfEveryDesignIsTrained() throws {
    for design in try Self.designs() {
      let network = try makeNetwork(design)
      let inputs = try design.modalities.indices.map {
        try image($0, [1, 1, 4, 8, 8]).converted(to: .float32)
      }
      let outputs = try network(inputs, deepSupervision: true)
      #expect(outputs.map(\.shape) == [[1, 3, 4, 8, 8], [1, 3, 4, 4, 4]])
      try (outputs[0].sum() + outputs[1].sum()).backward()
      let idle = network.namedWeights.filter { $0.tensor.gradient == nil }.map(\.name)
      #expect(idle.isEmpty, "\(design): \(idle)")
    }
  }

  @Test func withoutDeepSupervisionOnlyFullResolutionIsGiven() throws {
    let network = try makeNetwork(.single("ct"))
    let input = try image(0, [1, 1, 2, 8, 4]).converted(to: .float32)
    let alone = try network([input])
    #expect(alone.map(\.shape) == [[1, 3, 2, 8, 4]])
    #expect(try alone[0].floats() == network([input], deepSupervision: true)[0].floats())
  }

  @Test func aSeedGivesTheSameNetwork() throws {
    func weights(_ seed: UInt64) throws -> [[Float]] {
      try makeNetwork(referenceDesign(), seed: seed).namedWeights.map { try $0.tensor.floats() }
    }
    #expect(try weights(3) == weights(3))
    #expect(try weights(3) != weights(4))
  }

  @Test func weightNamesSayWhereTheyAre() throws {
    let names = try makeNetwork(referenceDesign()).namedWeights.map(\.name)
    #expect(names.first == "encoder.ct.level0.block0.convolution.weight")
    #expect(names.contains("fusion.level1.node1.edge1.normalization.shift"))
    #expect(names.contains("decoder.level0.upsampling.weight"))
    #expect(names.last == "head.level1.bias")
    #expect(!names.contains { $0.hasPrefix("encoder.mri.level2") })
  }

  @Test func aDesignThatDoesNotFitIsAnErrorWithItsReason() throws {
    let cell = try CellGenotype.identity(ofInput: 0, inputs: 1)
    let design = NetworkDesign.fused(try Genotype(modalities: ["ct"], cells: [cell, cell]))
    let expected = TorchError(
      operation: "building the network 'fused'",
      reason: "The genotype has 2 cells, but the network has 3 levels. Give it one cell for all "
        + "levels, or 3.")
    #expect(throws: expected) { try makeNetwork(design) }
  }
}
