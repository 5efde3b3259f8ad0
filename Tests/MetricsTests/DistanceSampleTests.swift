import Randomness
import TestSupport
import Testing

@testable import Metrics

struct DistanceSampleTests {
  @Test func percentilesOfEqualWeightsAreInterpolated() {
    let sample = DistanceSample(distances: [4, 1, 3, 2], weights: nil)
    #expect(sample.percentile(0) == 1)
    #expect(sample.percentile(50) == 2.5)
    expectClose(sample.percentile(95), 3.85, within: 1e-12)
    #expect(sample.percentile(100) == 4)
    #expect(sample.mean == 2.5)
  }

  /// Areas 1, 1 and 8: a tenth of the area lies at distance 0 and a fifth up to 2.
  @Test func percentilesOfWeightsAreReached() {
    let sample = DistanceSample(distances: [5, 0, 2], weights: [8, 1, 1])
    #expect(sample.percentile(10) == 0)
    #expect(sample.percentile(11) == 2)
    #expect(sample.percentile(20) == 2)
    #expect(sample.percentile(21) == 5)
    #expect(sample.mean == 4.2)
    #expect(sample.weight(withinMillimetres: 2) == 2)
  }

  @Test func equalDistancesAreTheirPercentiles() {
    #expect(DistanceSample(distances: [0, 0], weights: nil).percentile(95) == 0)
    #expect(DistanceSample(distances: [3, 3], weights: [1, 2]).percentile(1) == 3)
  }

  @Test func bucketsChangeNothing() {
    var generator = SplitMix64(seed: 1)
    let distances = (0..<3000).map { _ in generator.uniform(0..<9) * generator.uniform(0..<9) }
    let sorted = distances.sorted()
    let sample = DistanceSample(distances: distances, weights: nil)
    for rank in stride(from: 0, to: 3000, by: 113) {
      expectClose(
        sample.percentile(100 * Double(rank) / 2999), sorted[rank], within: 1e-9)
    }
  }
}
