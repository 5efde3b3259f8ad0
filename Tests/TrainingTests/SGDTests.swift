import Foundation
import Testing
import Torch
import Training

/// Three steps on `Σ i w²` from `sin(0.9 i)`, the rate falling as 0.1, 0.05, 0.033.
enum QuadraticBowl {
  static func weights() throws -> Tensor {
    let tensor = try Tensor((0..<5).map { sin(Double($0) * 0.9) }, shape: [5])
    try tensor.markAsWeight()
    return tensor
  }

  static func descend(_ weight: Tensor, with optimizer: inout any Optimizer, steps: Int = 3) throws
  {
    let slope = try Tensor([1.0, 2, 3, 4, 5], shape: [5])
    for step in 0..<steps {
      try weight.clearGradient()
      try (weight * weight * slope).sum().backward()
      try optimizer.update(rate: 0.1 / Double(step + 1), clippingTo: 0)
    }
  }
}

struct SGDTests {
  /// Reference: PyTorch 2.15, `Tests/Reference/training_values.py`.
  @Test func agreesWithPyTorch() throws {
    let weight = try QuadraticBowl.weights()
    var optimizer: any Optimizer = try SGD(
      weights: [(name: "w", tensor: weight)], momentum: 0.9, weightDecay: 0.01)
    try QuadraticBowl.descend(weight, with: &optimizer)
    let expected = [
      0.0, -0.10529436983727179, -0.30333623435266027, -0.12952831899784722, 0.07260472053031929,
    ]
    for (value, expected) in zip(try weight.doubles(), expected) {
      #expect(abs(value - expected) < 1e-10)
    }
  }

  @Test func itsStateIsNamedAfterTheWeights() throws {
    let optimizer = try SGD(weights: [(name: "head.bias", tensor: try QuadraticBowl.weights())])
    #expect(optimizer.state.map(\.name) == ["velocity.head.bias"])
  }
}
