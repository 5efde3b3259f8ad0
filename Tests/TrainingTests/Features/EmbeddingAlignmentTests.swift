import Randomness
import TestSupport
import Testing

@testable import Training

struct EmbeddingAlignmentTests {
  /// The second modality is the first mirrored and scaled: aligned, the two are the same.
  @Test func spacesThatDifferByALinearMapBecomeOne() throws {
    var generator = SplitMix64(seed: 4)
    var table = EmbeddingTable(origin: EmbeddingFixtures.origin(), width: 2)
    let vectors = (0..<30).map { _ in [generator.normal(), generator.normal()] }
    func other(_ vector: [Double]) -> [Double] { [-3 * vector[1] + 7, 2 * vector[0]] }
    for (index, vector) in vectors.enumerated() {
      table.add(EmbeddingFixtures.row("\(index)", "ct"), vector.map { Float($0) })
      table.add(EmbeddingFixtures.row("\(index)", "mri"), other(vector).map { Float($0) })
    }
    let align = try EmbeddingAlignment("ct", "mri", in: table, ridge: 1e-9)
    #expect(align.pairs == 30)
    let first = try align.first([[0.3, -1], [1, 1]])
    let second = try align.second([other([0.3, -1]), other([1, 1])])
    for (one, two) in zip(first, second) { expectClose(one, two, within: 1e-4) }
  }

  @Test func whatTheNetworkFusedIsAlignedLikeAModality() throws {
    var table = EmbeddingTable(origin: EmbeddingFixtures.origin(), width: 1)
    for index in 0..<9 {
      table.add(EmbeddingFixtures.row("\(index)", "ct"), [Float(index)])
      table.add(EmbeddingFixtures.row("\(index)", "fused"), [Float(2 - 3 * index)])
    }
    let align = try EmbeddingAlignment("fused", "ct", in: table)
    #expect(align.pairs == 9)
    expectClose(try align.first([[-4]])[0], try align.second([[2]])[0], within: 1e-6)
  }

  /// One feature in common, one of each modality's own: the latter counts for next to nothing.
  @Test func whatIsNotSharedCountsForNothing() throws {
    var generator = SplitMix64(seed: 4)
    var table = EmbeddingTable(origin: EmbeddingFixtures.origin(), width: 2)
    for index in 0..<500 {
      let shared = Float(generator.normal())
      for modality in ["ct", "mri"] {
        table.add(
          EmbeddingFixtures.row("\(index)", modality), [shared, Float(generator.normal())])
      }
    }
    let align = try EmbeddingAlignment("ct", "mri", in: table)
    let moved = try align.first([[0, 0], [0, 1], [1, 0]])
    func distance(_ one: [Double], _ two: [Double]) -> Double {
      zip(one, two).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
    }
    #expect(distance(moved[0], moved[1]) < 0.15 * distance(moved[0], moved[2]))
  }
}
