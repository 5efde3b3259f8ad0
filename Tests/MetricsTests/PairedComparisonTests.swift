import Metrics
import TestSupport
import Testing

struct PairedComparisonTests {
  @Test func comparesCaseByCase() throws {
    let comparison = try #require(
      PairedComparison([(0.9, 0.8), (0.5, 0.6), (0.7, 0.4), (0.3, 0.3)]))
    expectClose(comparison.difference.mean, 0.075, within: 1e-12)
    expectClose(comparison.first.mean - comparison.second.mean, 0.075, within: 1e-12)
    #expect(comparison.firstIsHigher == 2)
    #expect(comparison.secondIsHigher == 1)
    #expect(comparison.test?.count == 3)
  }

  @Test func equalSeriesDifferByNothing() throws {
    let comparison = try #require(PairedComparison([(0.5, 0.5), (0.7, 0.7)]))
    #expect(comparison.difference.interval == 0...0)
    #expect(comparison.test == nil)
    #expect(PairedComparison([]) == nil)
  }
}
