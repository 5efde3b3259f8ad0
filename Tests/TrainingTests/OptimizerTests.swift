import TestSupport
import Testing
import Torch
import Training

/// Six steps of two weights: clipping is active in the first three, inactive in the others.
///
/// Reference: PyTorch 2.15, `Tests/Reference/training_values.py`.
struct OptimizerTests {
  /// The norms before each step, and some numbers of both weights after the last.
  private func descend(
    in type: ScalarType, with make: ([NamedTensor]) throws -> any Optimizer
  ) throws -> (norms: [Double], weights: [Double]) {
    let first = try Tensor(wave(20, step: 0.7), shape: [4, 5]).converted(to: type)
    let second = try Tensor(wave(3, step: 1.3), shape: [3]).converted(to: type)
    let slope = try Tensor((1...20).map { Double($0) }, shape: [4, 5]).converted(to: type)
    let weights = [first, second]
    for weight in weights { try weight.markAsWeight() }
    var optimizer = try make([(name: "first", tensor: first), (name: "second", tensor: second)])
    var norms: [Double] = []
    for step in 0..<6 {
      for weight in weights { try weight.clearGradient() }
      let bowl = try (first * first * slope).sum() + second.power(4).sum()
      try (bowl * (step < 3 ? 1 : 0.01)).backward()
      norms.append(try optimizer.update(rate: 0.1 / Double(step + 1), clippingTo: 2))
    }
    let found = try first.doubles()
    return (norms, [0, 1, 7, 19].map { found[$0] } + (try second.doubles()))
  }

  /// float64 to 1e-10, float32 to a few units in the last place of numbers around one.
  private func expect(
    norms: [Double], weights: [Double], from make: ([NamedTensor]) throws -> any Optimizer
  ) throws {
    let exact = try descend(in: .float64, with: make)
    expectClose(exact.norms, norms, within: 1e-10)
    expectClose(exact.weights, weights, within: 1e-10)
    let short = try descend(in: .float32, with: make)
    expectClose(short.norms.map { $0 / norms[0] }, norms.map { $0 / norms[0] }, within: 5e-7)
    expectClose(short.weights, weights, within: 1e-6)
  }

  @Test func nesterovsMomentumAgreesWithPyTorch() throws {
    try expect(
      norms: [
        72.3689329955405, 60.99403221364995, 53.07189405770592, 0.4651854537295509,
        0.42787985595368355, 0.3991585194042007,
      ],
      weights: [
        0, 0.5914225432367498, -0.6982003634827653, 0.24539072502135265, 0, 0.8920825384794728,
        0.5015348696759193,
      ]
    ) { try SGD(weights: $0, momentum: 0.9, weightDecay: 0.01) }
  }

  @Test func plainMomentumAgreesWithPyTorch() throws {
    try expect(
      norms: [
        72.3689329955405, 66.36242393957558, 60.71646165755112, 0.5541226958756607,
        0.514551713114344, 0.48330644640047843,
      ],
      weights: [
        0, 0.6063677497045351, -0.7738849843587478, 0.3416110559323778, 0, 0.9115946691010133,
        0.505441614624365,
      ]
    ) { try SGD(weights: $0, momentum: 0.9, weightDecay: 0.01, isNesterov: false) }
  }

  @Test func adamWAgreesWithPyTorch() throws {
    try expect(
      norms: [
        72.3689329955405, 63.03226326549251, 58.375115102625514, 0.5530665068810285,
        0.5325953123449214, 0.5175671203242913,
      ],
      weights: [
        0, 0.40772767851478064, -0.7442023133440278, 0.43290001461125294, 0, 0.7291670825782324,
        0.29114810386464185,
      ]
    ) { try AdamW(weights: $0, weightDecay: 0.01) }
  }
}
