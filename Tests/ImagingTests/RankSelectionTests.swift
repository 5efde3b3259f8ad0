import Randomness
import Testing

@testable import Imaging

struct RankSelectionTests {
  @Test func everyRankIsThatOfTheSortedValues() {
    var generator = SplitMix64(seed: 9)
    let tiny = Float.leastNonzeroMagnitude
    var values: [Float] = [0, tiny, -tiny, .infinity, -.infinity, .greatestFiniteMagnitude]
    for _ in 0..<300 { values.append(.random(in: -10...10, using: &generator)) }
    values += values.prefix(50) + [Float](repeating: 3, count: 100)
    let ranks = RankSelection(of: values)
    #expect(values.indices.map(ranks.value(ofRank:)) == values.sorted())
  }
}
