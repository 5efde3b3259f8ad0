import Randomness
import Testing

@testable import Architecture

struct ArrayPickTests {
  @Test func everyElementIsDrawnAsOften() {
    var generator = SplitMix64(seed: 2)
    var counts = [0, 0, 0, 0]
    for _ in 0..<4000 { counts[[0, 1, 2, 3].pick(using: &generator)] += 1 }
    // 1000 each are expected, with a standard deviation of 27.
    #expect(counts.allSatisfy { abs($0 - 1000) < 137 })
    #expect(["only"].pick(using: &generator) == "only")
  }
}
