import TestSupport
import Testing

@testable import Search

struct AdamTests {
  /// Reference: PyTorch 2.15.0, Tests/Reference/recurrent_values.py.
  @Test func threeStepsAreThoseOfPyTorch() {
    var weights = wave(4, step: 0.9)
    var adam = Adam(count: 4)
    for step in 0..<3 {
      // Half the slopes at twice the scale.
      let gradient = wave(4, step: 1.1 + Double(step), scale: 0.5)
      adam.update(&weights, against: gradient, scale: 2, rate: 0.05)
    }
    expectClose(weights, [0, 0.64371284415, 0.934056171377, 0.504876001053], within: 1e-11)
  }

  @Test func findsTheBottomOfABowl() {
    var weights = [3.0, -2]
    var adam = Adam(count: 2)
    for _ in 0..<2_000 {
      adam.update(&weights, against: [weights[0] - 1, 10 * weights[1]], rate: 0.01)
    }
    expectClose(weights, [1, 0], within: 1e-3)
  }
}
