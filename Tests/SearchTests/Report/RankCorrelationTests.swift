import Search
import Testing

struct RankCorrelationTests {
  @Test func isOneForTheSameOrderAndMinusOneForTheReverse() {
    #expect(RankCorrelation.spearman([1, 2, 3, 4], [10, 20, 25, 90]) == 1)
    #expect(RankCorrelation.spearman([1, 2, 3, 4], [4, 3, 2, 1]) == -1)
  }

  /// Reference: scipy.stats.spearmanr([1, 2, 2, 3, 5], [2, 1, 4, 4, 6]) of SciPy 1.17.1.
  @Test func tiesShareTheirMeanRank() throws {
    let value = try #require(RankCorrelation.spearman([1, 2, 2, 3, 5], [2, 1, 4, 4, 6]))
    #expect(abs(value - 0.7631578947368421) < 1e-12)
  }

  @Test func fewPairsOrAConstantHaveNone() {
    #expect(RankCorrelation.spearman([1, 2], [1, 2]) == nil)
    #expect(RankCorrelation.spearman([1, 1, 1], [1, 2, 3]) == nil)
  }
}
