import Testing
import Torch
import Training

struct AdamWTests {
  /// Reference: PyTorch 2.15, `Tests/Reference/training_values.py`.
  @Test func agreesWithPyTorch() throws {
    let weight = try QuadraticBowl.weights()
    var optimizer: any Optimizer = try AdamW(
      weights: [(name: "w", tensor: weight)], weightDecay: 0.01)
    try QuadraticBowl.descend(weight, with: &optimizer)
    let expected = [
      0.0, 0.5993350436169436, 0.7893246001118959, 0.24517185546269518, -0.2601765273626838,
    ]
    for (value, expected) in zip(try weight.doubles(), expected) {
      #expect(abs(value - expected) < 1e-10)
    }
  }

  @Test func itsStateHoldsMeanAndSquareOfEachWeight() throws {
    let optimizer = try AdamW(weights: [(name: "w", tensor: try QuadraticBowl.weights())])
    #expect(optimizer.state.map(\.name) == ["mean.w", "square.w"])
  }
}
