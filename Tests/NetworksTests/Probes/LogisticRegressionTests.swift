import Networks
import TestSupport
import Testing
import Torch

struct LogisticRegressionTests {
  private func fitted(_ penalty: Double) throws -> LogisticRegression {
    try LogisticRegression(
      ProbeSamples.rows, classes: ProbeSamples.classes, classCount: 3, penalty: penalty)
  }

  /// scikit-learn 1.9.1, `newton-cg` to 1e-12, by Tests/Reference/probe_values.py.
  @Test func agreesWithScikitLearn() throws {
    let one = try fitted(1)
    let expected = [
      [0.120202581, -0.222143365, -0.095487411, -0.183216967],
      [-0.014335348, -0.181014121, -0.050836976, -0.276023069],
      [-0.105867232, 0.403157487, 0.146324387, 0.459240036],
    ]
    for (found, row) in zip(one.weights, expected) { expectClose(found, row, within: 1e-6) }
    expectClose(one.intercepts, [0.032750159, 0.162202781, -0.194952940], within: 1e-6)
    expectClose(
      one.probabilities(of: ProbeSamples.rows[0]), [0.298422153, 0.385460376, 0.316117471],
      within: 1e-6)
    let weak = try fitted(0.01)
    expectClose(
      weak.weights[2], [-0.075005747, 0.623088586, 0.312067964, 0.691827527], within: 1e-5)
    expectClose(weak.intercepts, [0.063278727, 0.196239226, -0.259517953], within: 1e-5)
  }

  /// Two samples at −1 and 1: with the weights ∓w/2 the slope of 2 log(1 + exp(−w)) + w²/4 is
  /// −2 / (1 + exp(w)) + w / 2, and 1 / (1 + exp(w)) is the other class's probability at 1.
  @Test func twoSamplesByHand() throws {
    let head = try LogisticRegression([[-1], [1]], classes: [0, 1], classCount: 2)
    let width = head.weights[1][0] - head.weights[0][0]
    expectClose(width / 2, 2 * (1 - head.probabilities(of: [1])[1]), within: 1e-9)
    expectClose(head.weights[0][0], -head.weights[1][0], within: 1e-9)
    expectClose(head.intercepts, [0, 0], within: 1e-9)
    #expect(head.label(of: [-0.1]) == 0 && head.label(of: [0.1]) == 1)
  }

  @Test func separableClassesWithAnAlmostFreeFitStillEnd() throws {
    let samples = [[-1.0], [-2], [1], [2]]
    let head = try LogisticRegression(
      samples, classes: [0, 0, 1, 1], classCount: 2, penalty: 1e-6)
    #expect(samples.map(head.label) == [0, 0, 1, 1])
    #expect(head.weights[1][0] > 3 && head.weights[1][0].isFinite)
  }

  @Test func aClassWithoutASampleIsImprobable() throws {
    let head = try LogisticRegression([[0], [1], [2]], classes: [0, 0, 2], classCount: 3)
    #expect(head.probabilities(of: [1])[1] < 0.01)
    expectClose(head.probabilities(of: [1]).reduce(0, +), 1, within: 1e-12)
  }

  /// Of a hundred labels in a thousand features the second derivatives would fill 80 GB.
  @Test func moreUnknownsThanFitIntoMemoryAreRefused() {
    let error = #expect(throws: TorchError.self) {
      try LogisticRegression(
        [[Double](repeating: 0, count: 1000)], classes: [0], classCount: 100)
    }
    #expect(
      error?.description
        == "logistic regression of 100 classes by 1000 features: it has 100100 unknowns, and at most "
        + "12000 are solved for at once")
  }
}
