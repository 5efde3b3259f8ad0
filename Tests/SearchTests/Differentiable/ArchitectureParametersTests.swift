import Architecture
import Randomness
import Testing

@testable import Search

struct ArchitectureParametersTests {
  private func parameters(nodes: Int = 2, shared: Bool = true) throws -> ArchitectureParameters {
    let space = try FusionCellSpace(
      modalities: ["a", "b", "c"], levels: 2, nodes: 1...nodes, sharedCell: shared,
      vocabulary: CellVocabulary(
        operations: [.skip, .convolution1, .maxPool3], combinations: [.concatenate, .sum]))
    var generator = SplitMix64(seed: 1)
    return ArchitectureParameters(of: space, using: &generator)
  }

  // Per node: 4 numbers per state, 2 for the combination, 1 per state.
  @Test func thereIsANumberForEveryChoice() throws {
    #expect(try parameters().values.count == (3 * 4 + 2 + 3) + (4 * 4 + 2 + 4))
    #expect(try parameters(shared: false).values.count == 2 * (17 + 22))
  }

  @Test(arguments: 0..<30)
  func whatIsReadOffIsInTheSpace(seed: UInt64) throws {
    var parameters = try parameters(nodes: 3, shared: false)
    var generator = SplitMix64(seed: seed)
    parameters.values = parameters.values.map { _ in generator.normal() }
    let genotype = try parameters.genotype(weighsStates: seed % 2 == 0)
    #expect(parameters.space.contains(genotype))
    #expect(genotype.cells.allSatisfy { $0.nodes.allSatisfy { $0.edges.count <= 2 } })
  }

  @Test func theStrongestEdgesAndOperationsAreKept() throws {
    var parameters = try parameters()
    func set(_ node: Int, _ state: Int, _ choice: Int, _ value: Double) {
      parameters.values[parameters.places[0][node].edges[state].lowerBound + choice] = value
    }
    set(0, 0, 2, 3)
    set(0, 2, 3, 2)
    set(0, 1, 0, 9)
    set(1, 1, 1, 4)
    set(1, 3, 3, 5)
    parameters.values[parameters.places[0][1].combination.lowerBound] = 1
    parameters.values[parameters.places[0][0].combination.lowerBound + 1] = 1
    #expect(
      try parameters.genotype(weighsStates: false).description
        == "all levels: node 0 = sum(conv1(a), max3(c)); concat(skip(b), max3(node 0))")
    // When the node's state weighs little, nobody reads it, and it is left out.
    parameters.values[parameters.places[0][1].states.lowerBound + 3] = -20
    set(1, 0, 2, 3)
    #expect(
      try parameters.genotype(weighsStates: true).description
        == "all levels: concat(conv1(a), skip(b))")
  }

  @Test func skipsAreCounted() throws {
    var parameters = try parameters(nodes: 1)
    #expect(abs(parameters.skipChances[0] - 0.25) < 0.01)
    for edge in parameters.places[0][0].edges { parameters.values[edge.lowerBound + 1] = 20 }
    #expect(parameters.skipChances[0] > 0.99)
    #expect(try parameters.genotype(weighsStates: false).cells[0].skipShare == 1)
  }
}
