import Architecture
import Networks
import Randomness
import Testing
import Torch

/// Reference values: PyTorch 2.15, from Tests/Reference/network_values.py.
struct FusionCellTests {
  private func makeCell(
    _ combination: Combination, _ operation: Architecture.Operation, inputs: Int = 3
  ) throws -> FusionCell {
    var generator = SplitMix64(seed: 1)
    let genotype = try CellGenotype.uniform(combination, operation, inputs: inputs)
    let cell = try FusionCell(cell: genotype, channels: inputs, using: &generator)
    try cell.fillByName()
    return cell
  }

  @Test(arguments: Combination.allCases, Architecture.Operation.allCases)
  func everyCombinationAndOperationAgreesWithPyTorch(
    combination: Combination, operation: Architecture.Operation
  ) throws {
    let cell = try makeCell(combination, operation)
    let found = try digest(cell((0..<3).map { try image($0, [2, 3, 3, 4, 5]) }))
    let key = "\(combination.rawValue) \(operation.rawValue)"
    #expect(agree(found, NetworkReferenceValues.layers[key]), "\(key): \(found)")
  }

  @Test(arguments: Combination.allCases, Architecture.Operation.allCases)
  func gradientsAgreeWithFiniteDifferences(
    combination: Combination, operation: Architecture.Operation
  ) throws {
    let cell = try makeCell(combination, operation, inputs: 2)
    let inputs = try (0..<2).map { try image($0, [1, 2, 2, 1, 3]) }
    let named = inputs.enumerated().map { (name: "input \($0)", tensor: $1) }
    try expectGradients(of: cell.namedWeights + named) { try cell(inputs) }
  }

  @Test func aSingleSkipPassesTheVeryTensor() throws {
    var generator = SplitMix64(seed: 1)
    let cell = try FusionCell(
      cell: .identity(ofInput: 1, inputs: 3), channels: 2, using: &generator)
    let input = try image(1, [1, 2, 2, 2, 2])
    #expect(try cell([nil, input, nil]) === input)
    #expect(cell.weightCount == 0)
  }

  @Test func sumAddsByHand() throws {
    let cell = try makeCell(.sum, .skip, inputs: 2)
    let inputs = [[1.0, 2], [10, 20]]
    let tensors = try inputs.map { try Tensor($0, shape: [1, 2, 1, 1, 1]) }
    #expect(try cell(tensors).doubles() == [11, 22])
  }

  @Test func gatesShareOutOneWhole() throws {
    // Whatever the gate says, equal inputs must come out as they are.
    let cell = try makeCell(.gated, .skip)
    let input = try image(5, [1, 3, 2, 3, 4])
    let output = try cell([input, input, input]).doubles()
    #expect(zip(output, try input.doubles()).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  @Test func weightsAreNamedByNodeAndEdge() throws {
    var generator = SplitMix64(seed: 1)
    let genotype = try CellGenotype(
      inputs: 2,
      nodes: [
        Node(
          combination: .gated,
          edges: [
            Edge(source: 0, operation: .skip), Edge(source: 1, operation: .convolution1),
          ]),
        Node(
          combination: .concatenate,
          edges: [Edge(source: 2, operation: .skip), Edge(source: 0, operation: .skip)]),
      ])
    let cell = try FusionCell(cell: genotype, channels: 2, using: &generator)
    #expect(
      cell.namedWeights.map(\.name) == [
        "node0.edge1.convolution.weight", "node0.edge1.convolution.bias",
        "node0.edge1.normalization.scale", "node0.edge1.normalization.shift",
        "node0.gate.weight", "node0.gate.bias", "node1.projection.convolution.weight",
        "node1.projection.convolution.bias", "node1.projection.normalization.scale",
        "node1.projection.normalization.shift",
      ])
  }
}
