import Architecture
import NetworkTestSupport
import Networks
import Randomness
import Testing
import Torch

struct SupernetTests {
  private func space(shared: Bool = false) throws -> FusionCellSpace {
    let vocabulary = try CellVocabulary(
      operations: Architecture.Operation.allCases, combinations: Combination.allCases)
    return try FusionCellSpace(
      modalities: ["ct", "mri", "pet"], levels: 3, nodes: 1...3, sharedCell: shared,
      vocabulary: vocabulary)
  }

  private func supernet(_ space: FusionCellSpace) throws -> Supernet {
    var generator = SplitMix64(seed: 2)
    return try Supernet(space: space, topology: smallTopology, using: &generator)
  }

  private func inputs(_ count: Int = 3) throws -> [Tensor] {
    try (0..<count).map { try image($0, [2, 1, 4, 8, 8]).converted(to: .float32) }
  }

  @Test(arguments: 0..<12)
  func aPathIsTheNetworkOfItsOwn(seed: UInt64) throws {
    let space = try space(shared: seed % 2 == 0)
    let supernet = try supernet(space)
    var generator = SplitMix64(seed: seed)
    let genotype = space.sample(using: &generator)
    let network = try SegmentationNetwork(
      design: .fused(genotype), topology: smallTopology, using: &generator)
    try supernet.copyWeights(to: network)
    let inputs = try inputs()
    let shared = try supernet(inputs, along: genotype, deepSupervision: true)
    let alone = try network(inputs, deepSupervision: true)
    #expect(shared.map(\.shape) == alone.map(\.shape))
    for (left, right) in zip(shared, alone) {
      let values = zip(try left.floats(), try right.floats())
      #expect(values.allSatisfy { abs($0 - $1) < 1e-4 }, "\(genotype)")
    }
  }

  @Test func trainingAPathChangesNoOther() throws {
    let space = try space()
    let supernet = try supernet(space)
    let genotype = try Genotype(
      modalities: space.modalities,
      cells: [
        .uniform(.concatenate, .convolution3, inputs: 3), .identity(ofInput: 0, inputs: 3),
        .uniform(.gated, .separable3, inputs: 3),
      ])
    try supernet(inputs(), along: genotype)[0].sum().backward()
    let touched = supernet.namedWeights.filter { $0.tensor.gradient != nil }.map(\.name)
    let fusion = touched.filter { $0.hasPrefix("fusion.") }
    #expect(fusion.contains("fusion.level0.node2.edge1.convolution3.convolution.weight"))
    #expect(fusion.contains("fusion.level2.node2.gated.convolution.weight"))
    #expect(!fusion.contains { $0.hasPrefix("fusion.level1") || $0.contains("node0") })
    // Level 2 of the other modalities is read by the third cell, so all encoders are whole.
    #expect(touched.contains("encoder.pet.level2.block1.convolution.weight"))
  }

  // With the sum, a state that is read with weight zero is a state that is not read.
  @Test func aMixtureWithWeightsOfOneIsThatPath() throws {
    let vocabulary = try CellVocabulary(
      operations: [.skip, .convolution1, .maxPool3], combinations: [.sum])
    let space = try FusionCellSpace(
      modalities: ["ct", "mri"], levels: 3, nodes: 1...2, sharedCell: true,
      vocabulary: vocabulary)
    let supernet = try supernet(space)
    var generator = SplitMix64(seed: 5)
    for _ in 0..<6 {
      let genotype = space.sample(using: &generator)
      let cell = genotype.cells[0]
      var selections: [NodeSelection] = []
      for place in 0..<2 {
        let number = place == 1 ? cell.nodes.count - 1 : place
        let isUsed = place == 1 || cell.nodes.count == 2
        let edges = try (0..<(2 + place)).map { state -> Selection in
          let operation = cell.nodes[number].edges.first { isUsed && $0.source == state }?.operation
          let weights = vocabulary.operations.map { $0 == operation ? Float(1) : 0 }
          return .mixture(try Tensor(weights, shape: [3]))
        }
        selections.append(
          NodeSelection(edges: edges, combination: .mixture(try Tensor([Float(1)], shape: [1]))))
      }
      let mixture = try supernet(inputs(2), mixing: [selections])[0].floats()
      let path = try supernet(inputs(2), along: genotype)[0].floats()
      #expect(zip(mixture, path).allSatisfy { abs($0 - $1) < 1e-4 }, "\(genotype)")
    }
  }

  @Test func everyWeightOfAMixtureIsTrained() throws {
    let space = try space(shared: true)
    let supernet = try supernet(space)
    func even(_ count: Int) throws -> Selection {
      .mixture(
        try Tensor([Float](repeating: 1 / Float(count), count: count), shape: [count]))
    }
    let selections = try (0..<3).map { place -> NodeSelection in
      let edges = try (0..<(3 + place)).map { _ in
        try Optional(even(space.vocabulary.operations.count))
      }
      return NodeSelection(
        edges: edges, combination: try even(space.vocabulary.combinations.count))
    }
    let outputs = try supernet(inputs(), mixing: [selections], deepSupervision: true)
    try (outputs[0].sum() + outputs[1].sum()).backward()
    let idle = supernet.namedWeights.filter { $0.tensor.gradient == nil }.map(\.name)
    #expect(idle.isEmpty, "\(idle)")
  }

  @Test func aSeedGivesTheSameWeights() throws {
    func weights() throws -> [[Float]] {
      try supernet(try space()).namedWeights.map { try $0.tensor.floats() }
    }
    #expect(try weights() == weights())
  }

  @Test func aTopologyOfOtherLevelsIsRefused() throws {
    let space = try FusionCellSpace(modalities: ["ct"], levels: 2)
    let expected = TorchError(
      operation: "building a supernet", reason: "the space has 2 levels, the topology 3")
    #expect(throws: expected) { try supernet(space) }
  }

  @Test func attentionOnAPathReadsWhatElseItsNodeReads() throws {
    let space = try space(shared: true)
    let supernet = try supernet(space)
    let node = Node(
      combination: .sum,
      edges: [
        Edge(source: 0, operation: .crossModalAttention),
        Edge(source: 2, operation: .crossModalAttention),
      ])
    let genotype = try Genotype(
      modalities: space.modalities, cells: [CellGenotype(inputs: 3, nodes: [node])])
    var generator = SplitMix64(seed: 1)
    let network = try SegmentationNetwork(
      design: .fused(genotype), topology: smallTopology, using: &generator)
    try supernet.copyWeights(to: network)
    let inputs = try inputs()
    let shared = try supernet(inputs, along: genotype)[0].floats()
    let alone = try network(inputs)[0].floats()
    #expect(zip(shared, alone).allSatisfy { abs($0 - $1) < 1e-4 })
  }
}
