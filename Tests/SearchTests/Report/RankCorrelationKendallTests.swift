import Search
import Testing

struct RankCorrelationKendallTests {
  @Test func isOneForTheSameOrderAndMinusOneForTheReverse() {
    #expect(RankCorrelation.kendall([1, 2, 3, 4], [10, 20, 25, 90]) == 1)
    #expect(RankCorrelation.kendall([1, 2, 3, 4], [4, 3, 2, 1]) == -1)
  }

  // Of six pairs only (3, 4) is the other way round: (5 − 1) / 6.
  @Test func countsPairs() throws {
    let value = try #require(RankCorrelation.kendall([1, 2, 3, 4], [1, 2, 4, 3]))
    #expect(abs(value - 4.0 / 6) < 1e-15)
  }

  /// Reference: scipy.stats.kendalltau(left, right, variant="b").statistic of SciPy 1.17.1.
  @Test(
    arguments: [
      ([1, 2, 2, 3, 5], [2, 1, 4, 4, 6], 0.6666666666666666),
      ([12, 2, 1, 12, 2], [1, 4, 7, 1, 0], -0.4714045207910316),
      (
        [0.1, 0.5, 0.5, 0.5, 0.7, 0.9, 0.2, 0.3], [3, 1, 2, 2, 2, 5, 4, 4], -0.08164965809277261
      ),
    ] as [([Double], [Double], Double)])
  func tiesCountAsInSciPy(left: [Double], right: [Double], expected: Double) throws {
    let value = try #require(RankCorrelation.kendall(left, right))
    #expect(abs(value - expected) < 1e-15)
    let mirrored = try #require(RankCorrelation.kendall(right, left))
    #expect(abs(mirrored - expected) < 1e-15)
  }

  @Test func fewValuesOrAConstantHaveNone() {
    #expect(RankCorrelation.kendall([1, 2], [1, 2]) == nil)
    #expect(RankCorrelation.kendall([1, 1, 1], [1, 2, 3]) == nil)
  }
}
