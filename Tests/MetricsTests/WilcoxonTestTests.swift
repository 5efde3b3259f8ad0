import Metrics
import TestSupport
import Testing

/// Against SciPy 1.17.1; the values come from Tests/Reference/statistics_values.py.
struct WilcoxonTestTests {
  @Test func smallSamplesAreExact() throws {
    let test = try #require(
      WilcoxonTest(differences: [
        0.11, -0.02, 0.35, 0.06, -0.19, 0.27, 0.08, 0.43, -0.05, 0.14,
      ]))
    #expect(test.positiveRankSum == 45)
    #expect(test.pValue == 0.083984375)
  }

  @Test func tiesAreExactTooAndZerosAreLeftOut() throws {
    let test = try #require(WilcoxonTest(differences: [1, 2, 2, -1, 3, 0, -2, 3, 3, 0, 4]))
    #expect(test.count == 9)
    #expect(test.positiveRankSum == 39.5)
    #expect(test.pValue == 0.05078125)
  }

  @Test func largeSamplesAreNormal() throws {
    let differences = (0..<60).map { Double(($0 * 37) % 101 - 40) / 10 }
    let test = try #require(WilcoxonTest(differences: differences))
    expectClose(test.pValue, 0.02263320893600752, within: 1e-12)
  }

  /// All of five on one side: two of the 32 ways to choose the signs are as uneven.
  @Test func fiveOfAKindAreNotEnough() {
    #expect(WilcoxonTest(differences: [1, 2, 3, 4, 5])?.pValue == 0.0625)
  }

  @Test func withoutADifferenceThereIsNoTest() {
    #expect(WilcoxonTest(differences: [0, 0]) == nil)
    #expect(WilcoxonTest(differences: []) == nil)
  }
}
