import Imaging
import Testing

@Suite struct IntensityStatisticsTests {
  @Test func fiveNumbersByHand() throws {
    let statistics = try #require(IntensityStatistics(of: [4, 0, 1, 3, 2]))
    #expect(statistics.count == 5)
    #expect(statistics.mean == 2)
    // ((-2)² + (-1)² + 0 + 1 + 2²) / 5 = 2
    #expect(abs(statistics.deviation - 2.0.squareRoot()) < 1e-12)
    #expect(statistics.minimum == 0)
    #expect(statistics.maximum == 4)
    #expect(statistics.median == 2)
    // Rank 0.005 × 4 = 0.02 between 0 and 1, and as far from the other end.
    #expect(abs(statistics.lower - 0.02) < 1e-12)
    #expect(abs(statistics.upper - 3.98) < 1e-12)
  }

  @Test func nothingHasNoStatistics() {
    #expect(IntensityStatistics(of: []) == nil)
  }

  @Test func oneNumberIsItsOwnStatistics() throws {
    let statistics = try #require(IntensityStatistics(of: [7]))
    #expect(statistics.mean == 7)
    #expect(statistics.deviation == 0)
    #expect(statistics.lower == 7)
    #expect(statistics.upper == 7)
  }

  /// `numpy.percentile([1, 2, 4, 8, 16, 32], [10, 25, 50, 90])`, NumPy 2.
  @Test func percentilesAreNumPys() {
    let sorted: [Float] = [1, 2, 4, 8, 16, 32]
    let percentiles = [10, 25, 50, 90].map {
      IntensityStatistics.percentile($0, ofSorted: sorted)
    }
    #expect(percentiles == [1.5, 2.5, 6, 24])
  }
}
