import Foundation
import Metrics
import TestSupport
import Testing

struct RegressionReportTests {
  @Test func byHand() {
    let report = RegressionReport(truth: [1, 3], predicted: [2, 3])
    #expect(report.meanAbsoluteError == 0.5)
    #expect(report.rSquared == 0.5)
    #expect(report.interval == [0, 1])
    #expect(RegressionReport(truth: [1, 3], predicted: [2, 2]).rSquared == 0)
  }

  @Test func equalValuesHaveNoSpreadToExplain() {
    #expect(RegressionReport(truth: [2, 2], predicted: [2, 3]).rSquared == nil)
  }

  /// scikit-learn 1.9.1 by Tests/Reference/probe_values.py.
  @Test func agreesWithScikitLearn() {
    let truth = (0..<24).map { row in
      let i = Double(row)
      return 10 + cos(0.9 * i) + sin(0.7 * i + 1.3 + 0.2 * i)
    }
    let report = RegressionReport(
      truth: truth, predicted: truth.enumerated().map { $1 + sin(Double($0)) })
    expectClose(report.meanAbsoluteError, 0.618415765, within: 1e-9)
    expectClose(report.rSquared ?? .nan, 0.749204402, within: 1e-9)
  }
}
