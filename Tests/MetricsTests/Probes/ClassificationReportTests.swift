import Metrics
import TestSupport
import Testing

struct ClassificationReportTests {
  /// Case a has 1 of 2 right, b 2 of 2; of class 0 are found 2 of 3, of class 1 one of 1.
  @Test func byHand() {
    let report = ClassificationReport(
      cases: ["a", "a", "b", "b"], truth: [0, 0, 0, 1], predicted: [1, 0, 0, 1])
    #expect(report.samples == 4 && report.cases == 2)
    #expect(report.accuracy == 0.75)
    expectClose(report.balancedAccuracy, 5.0 / 6, within: 1e-15)
    #expect(report.interval == [0.5, 1])
  }

  /// scikit-learn 1.9.1 by Tests/Reference/probe_values.py.
  @Test func balancedAccuracyAgreesWithScikitLearn() {
    let truth = (0..<24).map { ($0 * $0 + $0 / 5) % 3 }
    let report = ClassificationReport(
      cases: truth.indices.map { "\($0)" }, truth: truth,
      predicted: truth.indices.map { ($0 * 5 + 1) % 3 })
    expectClose(report.balancedAccuracy, 0.384920635, within: 1e-9)
  }
}
