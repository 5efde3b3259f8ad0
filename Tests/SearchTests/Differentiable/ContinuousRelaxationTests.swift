import Architecture
import Networks
import Randomness
import Testing
import Torch

@testable import Search

struct ContinuousRelaxationTests {
  private func parameters() throws -> ArchitectureParameters {
    let space = try FusionCellSpace(
      modalities: ["a", "b"], levels: 2, nodes: 1...1, sharedCell: true)
    var generator = SplitMix64(seed: 1)
    return ArchitectureParameters(of: space, using: &generator)
  }

  private func node(
    _ relaxation: ContinuousRelaxation, _ parameters: ArchitectureParameters, seed: UInt64 = 1
  ) throws -> (node: NodeSelection, architecture: Tensor) {
    let tensor = try Tensor(parameters.values, shape: [parameters.values.count])
    try tensor.markAsWeight()
    var generator = SplitMix64(seed: seed)
    let cells = try relaxation.selections(of: parameters, from: tensor, using: &generator)
    return (try #require(cells[0][0]), tensor)
  }

  // Not reading a state has its part of the softmax, so the operations get less than one.
  @Test func softmaxSharesOutAmongOperationsAndNothing() throws {
    var parameters = try parameters()
    parameters.values = parameters.values.map { _ in 0 }
    guard case .mixture(let weights)? = try node(.softmax, parameters).node.edges[0] else {
      Issue.record("no mixture")
      return
    }
    #expect(try weights.doubles() == [0.25, 0.25, 0.25])
  }

  @Test func normalizedEdgesAddUpToOne() throws {
    let factors = try #require(try node(.normalizedEdges, parameters()).node.edgeFactors)
    #expect(abs(try factors.sum().item() - 1) < 1e-12)
    #expect(try node(.softmax, parameters()).node.edgeFactors == nil)
  }

  /// Choices come with the chances of the softmax, whatever the temperature.
  @Test(arguments: [0.1, 10.0])
  func gumbelDrawsBySoftmax(temperature: Double) throws {
    var parameters = try parameters()
    let range = parameters.places[0][0].edges[0]
    for (offset, value) in [0.0, 1, 2, -1].enumerated() {
      parameters.values[range.lowerBound + offset] = value
    }
    var counts = [0.0, 0, 0, 0]
    let draws = 4_000
    for seed in 0..<draws {
      let edge = try node(.gumbel(temperature: temperature), parameters, seed: UInt64(seed)).node
        .edges[0]
      if case .one(let index, let factor)? = edge {
        counts[index + 1] += 1
        #expect(try factor?.item() == 1)
      } else {
        counts[0] += 1
      }
    }
    let expected = DenseLayer.softmax([0, 1, 2, -1])
    for (count, chance) in zip(counts, expected) {
      // Five standard deviations.
      let spread = 5 * (chance * (1 - chance) / Double(draws)).squareRoot()
      #expect(abs(count / Double(draws) - chance) < spread)
    }
  }

  @Test func gumbelsGradientIsThatOfItsChance() throws {
    let parameters = try parameters()
    let (node, architecture) = try node(.gumbel(temperature: 2), parameters, seed: 4)
    guard case .one(_, let factor?) = node.combination else {
      Issue.record("no choice")
      return
    }
    let slope = try #require(
      try Tensor.gradients(of: factor, withRespectTo: [architecture])[0]
    ).doubles()
    let range = parameters.places[0][0].combination
    // A chance grows with its own number and shrinks with the others, as much in all.
    #expect(abs(slope[range].reduce(0, +)) < 1e-12)
    #expect(slope[range].max() ?? 0 > 0)
    #expect(slope.indices.allSatisfy { range.contains($0) || slope[$0] == 0 })
  }
}
