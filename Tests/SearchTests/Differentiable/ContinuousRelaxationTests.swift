import Architecture
import Foundation
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

  /// With p the softmax of (numbers + noise) / τ and b the choice, the slope along number j is
  /// p_b · (δ_bj − p_j) / τ. The noise is that of the generator's next draws, state by state, then for the
  /// combination.
  @Test(arguments: [0.5, 2])
  func gumbelsGradientIsThatOfItsChance(temperature: Double) throws {
    let parameters = try parameters()
    let (node, architecture) = try node(.gumbel(temperature: temperature), parameters, seed: 4)
    guard case .one(let chosen, let factor?) = node.combination else {
      Issue.record("no choice")
      return
    }
    let place = parameters.places[0][0]
    var generator = SplitMix64(seed: 4)
    for _ in place.edges.joined() { _ = generator.uniform(0..<1) }
    let disturbed = place.combination.map { index in
      parameters.values[index] - log(-log(generator.uniform(0..<1)))
    }
    #expect(disturbed[chosen] == disturbed.max())
    let chances = DenseLayer.softmax(disturbed.map { $0 / temperature })
    var expected = [Double](repeating: 0, count: parameters.values.count)
    for (index, chance) in zip(place.combination, chances) {
      let own = index == place.combination.lowerBound + chosen ? 1.0 : 0
      expected[index] = chances[chosen] * (own - chance) / temperature
    }
    let slope = try #require(try Tensor.gradients(of: factor, withRespectTo: [architecture])[0])
    for (found, expected) in zip(try slope.doubles(), expected) {
      #expect(abs(found - expected) < 1e-12)
    }
  }
}
