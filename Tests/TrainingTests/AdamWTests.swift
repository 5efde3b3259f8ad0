import TestSupport
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
    #expect(optimizer.state.map(\.name) == ["mean.w", "square.w", "updates"])
  }

  /// A weight that few steps use, as in a supernet or where a modality is rare, is corrected by its own
  /// updates: the fourth and the sixth step alone use the second one.
  ///
  /// Reference: PyTorch 2.15, `Tests/Reference/training_values.py`.
  @Test func aWeightThatIsUsedRarelyAgreesWithPyTorch() throws {
    let weights = try [0.7, 1.3].map { try Tensor(wave(3, step: $0), shape: [3]) }
    for weight in weights { try weight.markAsWeight() }
    var optimizer = try AdamW(
      weights: [(name: "first", tensor: weights[0]), (name: "second", tensor: weights[1])],
      weightDecay: 0.01)
    for step in 0..<6 {
      for weight in weights { try weight.clearGradient() }
      var loss = try (weights[0] * weights[0]).sum()
      if step == 3 || step == 5 { loss = try loss + (weights[1] * weights[1]).sum() }
      try loss.backward()
      try optimizer.update(rate: 0.1, clippingTo: 0)
    }
    expectClose(
      try weights[0].doubles(), [0, 0.07348974884143201, 0.3958263732007391], within: 1e-10)
    expectClose(
      try weights[1].doubles(), [0, 0.7621723182460771, 0.3157092758369872], within: 1e-10)
    let updates = try #require(optimizer.state.last)
    #expect(try updates.tensor.floats() == [6, 2])
  }
}
