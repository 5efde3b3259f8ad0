import Metrics
import TestSupport
import Testing

struct SampleStatisticsTests {
  @Test func describesASample() throws {
    let statistics = try #require(SampleStatistics([4, 1, 3, 8]))
    #expect(statistics.count == 4)
    #expect(statistics.mean == 4)
    #expect(statistics.median == 3.5)
    expectClose(statistics.standardDeviation ?? .nan, (26.0 / 3).squareRoot(), within: 1e-12)
    #expect(SampleStatistics([5, 1, 9])?.median == 5)
  }

  @Test func oneNumberHasNoSpread() throws {
    let statistics = try #require(SampleStatistics([2]))
    #expect(statistics.median == 2)
    #expect(statistics.standardDeviation == nil)
    #expect(statistics.interval == nil)
  }

  @Test func noNumbersHaveNoStatistics() {
    #expect(SampleStatistics([]) == nil)
  }
}
