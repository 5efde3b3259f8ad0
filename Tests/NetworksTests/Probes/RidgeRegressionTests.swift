import Networks
import TestSupport
import Testing

struct RidgeRegressionTests {
  /// scikit-learn 1.9.1 by Tests/Reference/probe_values.py.
  @Test func agreesWithScikitLearn() throws {
    let one = try RidgeRegression(ProbeSamples.rows, targets: ProbeSamples.targets)
    expectClose(
      one.weights, [-0.038625277, 1.750999874, -0.129221641, -0.112630904], within: 1e-8)
    expectClose(one.intercept, 10.007177592, within: 1e-8)
    let weak = try RidgeRegression(
      ProbeSamples.rows, targets: ProbeSamples.targets, penalty: 0.01)
    expectClose(
      weak.weights, [0.022400106, 1.934140456, -0.072346544, -0.076648254], within: 1e-8)
    expectClose(weak.intercept, 9.986121119, within: 1e-8)
  }

  /// Two samples at −1 and 1 with the values 1 and 5: w = 4 / (2 + penalty).
  @Test func twoSamplesByHand() throws {
    let head = try RidgeRegression([[-1], [1]], targets: [1, 5], penalty: 2)
    expectClose([head.weights[0], head.intercept, head.value(of: [2])], [1, 3, 5], within: 1e-12)
  }

  @Test func moreFeaturesThanSamplesAreNoProblem() throws {
    let head = try RidgeRegression([[1, 2, 3]], targets: [4])
    #expect(head.weights == [0, 0, 0])
    #expect(head.value(of: [7, 7, 7]) == 4)
  }
}
