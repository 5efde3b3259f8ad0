import Randomness
import Testing

struct DistributionsTests {
  @Test func uniformNumbersFillTheirRangeEvenly() {
    var generator = SplitMix64(seed: 3)
    let values = (0..<20_000).map { _ in generator.uniform(-2..<6) }
    #expect(values.allSatisfy { (-2..<6).contains($0) })
    #expect(abs(values.reduce(0, +) / 20_000 - 2) < 0.06)
  }

  @Test func normalNumbersHaveMeanAndDeviation() {
    var generator = SplitMix64(seed: 4)
    let values = (0..<20_000).map { _ in generator.normal(mean: 3, deviation: 2) }
    let mean = values.reduce(0, +) / 20_000
    let variance = values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 20_000
    #expect(abs(mean - 3) < 0.06)
    #expect(abs(variance - 4) < 0.2)
    // 68.3 % within one deviation.
    let near = values.filter { abs($0 - 3) < 2 }.count
    #expect(abs(Double(near) / 20_000 - 0.6827) < 0.015)
  }

  @Test func aChanceComesTrueAsOftenAsItSays() {
    var generator = SplitMix64(seed: 5)
    let hits = (0..<20_000).filter { _ in generator.chance(0.3) }.count
    #expect(abs(Double(hits) / 20_000 - 0.3) < 0.015)
    let sure = (generator.chance(0), generator.chance(1))
    #expect(sure == (false, true))
  }
}
