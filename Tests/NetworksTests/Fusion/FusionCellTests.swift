import Architecture
import NetworkTestSupport
import Randomness
import Testing
import Torch

@testable import Networks

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
    #expect(agree(found, FusionReferenceValues.cells[key]), "\(key): \(found)")
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

  /// The first image lacks the second input, the second image the first and the third.
  private let partly = Presence([[true, false], [false, true], [true, false]])

  @Test(arguments: Combination.allCases, Architecture.Operation.allCases)
  func whatIsLeftOfAPartlyPresentBatchAgreesWithPyTorch(
    combination: Combination, operation: Architecture.Operation
  ) throws {
    let cell = try makeCell(combination, operation)
    let inputs = try (0..<3).map { try image($0, [2, 3, 3, 4, 5]) }
    let found = try digest(cell(inputs, presence: partly))
    let key = "\(combination.rawValue) \(operation.rawValue) partly"
    #expect(agree(found, FusionReferenceValues.cells[key]), "\(key): \(found)")
  }

  @Test(arguments: Combination.allCases, Architecture.Operation.allCases)
  func gradientsOfAPartlyPresentBatchAgreeWithFiniteDifferences(
    combination: Combination, operation: Architecture.Operation
  ) throws {
    let cell = try makeCell(combination, operation, inputs: 2)
    let inputs = try (0..<2).map { try image($0, [2, 2, 2, 1, 3]) }
    let presence = Presence([[true, true], [false, true]])
    let named = inputs.enumerated().map { (name: "input \($0)", tensor: $1) }
    try expectGradients(of: cell.namedWeights + named) { try cell(inputs, presence: presence) }
  }

  @Test(arguments: Combination.allCases, Architecture.Operation.allCases)
  func whatAnImageLacksHasNoEffectOnIt(
    combination: Combination, operation: Architecture.Operation
  ) throws {
    let cell = try makeCell(combination, operation)
    let inputs = try (0..<3).map { try image($0, [2, 3, 3, 4, 5]) }
    let batch = try cell(inputs, presence: partly).doubles()
    // Each image alone, with nothing at all in the place of what it lacks.
    var alone: [Double] = []
    for index in 0..<2 {
      let own = try zip(inputs, partly.isPresent).map { input, isPresent in
        isPresent[index] ? try input.narrowed(axis: 0, from: index, count: 1) : nil
      }
      alone += try cell(own).doubles()
    }
    #expect(zip(batch, alone).allSatisfy { abs($0 - $1) < 1e-12 })
    // Other numbers in its place.
    let others = try zip(inputs, partly.isPresent).map { input, isPresent in
      try input + input.perImage(isPresent.map { $0 ? 0 : 1000 })
    }
    let disturbed = try cell(others, presence: partly).doubles()
    #expect(zip(batch, disturbed).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  @Test func anImageWithNothingToReadGetsZeros() throws {
    let cell = try makeCell(.concatenate, .convolution1, inputs: 2)
    let inputs = try (0..<2).map { try image($0, [2, 2, 2, 2, 2]) }
    let output = try cell(inputs, presence: Presence([[true, false], [true, false]])).doubles()
    #expect(output[..<16].contains { $0 != 0 })
    #expect(output[16...].allSatisfy { $0 == 0 })
  }

  @Test func nothingToReadAtAllIsAnError() throws {
    let cell = try makeCell(.mean, .skip, inputs: 2)
    let expected = TorchError(
      operation: "fusion of [[], []]", reason: "no image has anything that the cell reads")
    #expect(throws: expected) { try cell([nil, nil]) }
  }

  @Test(arguments: Combination.allCases)
  func onlyMeansTakeAnyNumberOfModalitiesByTheSameWeights(combination: Combination) throws {
    var generator = SplitMix64(seed: 1)
    let counts = try [2, 5].map {
      try FusionCell(
        cell: .uniform(combination, .skip, inputs: $0), channels: 3, using: &generator
      ).weightCount
    }
    #expect((counts[0] == counts[1]) == [.sum, .mean, .meanVariance].contains(combination))
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

  @Test func theMeanIsThatOfWhatIsPresentByHand() throws {
    let cell = try makeCell(.mean, .skip, inputs: 2)
    let inputs = [[1.0, 2], [10, 20]].map { $0 + $0 }
    let tensors = try inputs.map { try Tensor($0, shape: [2, 2, 1, 1, 1]) }
    #expect(try cell(tensors).doubles() == [5.5, 11, 5.5, 11])
    let presence = Presence([[true, true], [false, true]])
    #expect(try cell(tensors, presence: presence).doubles() == [1, 2, 5.5, 11])
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

  @Test func attentionAcrossModalitiesDependsOnWhatItsNodeReads() throws {
    func output(_ sources: [Int], changing changed: Int?) throws -> [Double] {
      let edges = sources.map {
        Edge(source: $0, operation: $0 == 0 ? .crossModalAttention : .skip)
      }
      var generator = SplitMix64(seed: 1)
      let cell = try FusionCell(
        cell: CellGenotype(inputs: 3, nodes: [Node(combination: .sum, edges: edges)]), channels: 3,
        using: &generator)
      try cell.fillByName()
      let inputs = try (0..<3).map {
        try image($0, [1, 3, 3, 4, 5]) * ($0 == changed ? 2.0 : 1.0)
      }
      // What a sum passes on by itself is taken off.
      let passed = try sources.filter { $0 != 0 }.map { try inputs[$0].doubles() }
      return try cell(inputs).doubles().enumerated().map { index, value in
        value - passed.reduce(0) { $0 + $1[index] }
      }
    }
    let beside = try output([0, 1], changing: nil)
    #expect(try output([0, 1], changing: 2) == beside)
    #expect(
      zip(try output([0, 1], changing: 1), beside).contains { abs($0 - $1) > 1e-3 })
    #expect(try output([0], changing: 1) == output([0], changing: nil))
  }
}
