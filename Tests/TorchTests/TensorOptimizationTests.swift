import TestSupport
import Testing
import Torch

/// What the numbers do is checked in SGDTests and AdamWTests.
struct TensorOptimizationTests {
  private let step = Tensor.Descent(rate: 0.1, momentum: 0.9, weightDecay: 0.01, isNesterov: true)

  /// A weight with the gradient 2 × `scale` × itself.
  private func weight(_ values: [Double], scale: Double = 1, transposed: Bool = false) throws
    -> Tensor
  {
    var weight = try Tensor(values, shape: [2, values.count / 2])
    if transposed { weight = try weight.permuted([1, 0]) }
    try weight.markAsWeight()
    try ((weight * weight).sum() * scale).backward()
    return weight
  }

  @Test func aWeightWithoutAGradientStays() throws {
    let bare = try Tensor([1.0, 2], shape: [2])
    try bare.markAsWeight()
    let other = try weight([1, 2, 3, 4])
    let velocities = try [Tensor.zeros(like: bare), Tensor.zeros(like: other)]
    _ = try Tensor.descend([bare, other], velocities: velocities, by: step, clippingTo: 0)
    #expect(try bare.doubles() == [1, 2])
    #expect(try other.doubles() != [1, 2, 3, 4])
  }

  @Test func aNormThatIsNotFiniteChangesNothing() throws {
    let weight = try weight([1, 2, 3, 4], scale: .infinity)
    let velocity = try Tensor.zeros(like: weight)
    let norm = try Tensor.descend([weight], velocities: [velocity], by: step, clippingTo: 1)
    #expect(!norm.isFinite)
    #expect(try weight.doubles() == [1, 2, 3, 4])
    #expect(try velocity.doubles() == [0, 0, 0, 0])
  }

  /// A transposed weight is not in order, so that this compares ATen's operations with the kernels.
  @Test func theComposedStepsAgreeWithTheFused() throws {
    let values = wave(60, step: 0.7)
    let adaptive = Tensor.AdaptiveStep(
      rate: 0.1, weightDecay: 0.01, kept: (0.9, 0.999), epsilon: 1e-8)
    func run(transposed: Bool) throws -> [[Double]] {
      let weights = try (0..<2).map { _ in try weight(values, transposed: transposed) }
      let state = try (0..<3).map { _ in try Tensor.zeros(like: weights[0]) }
      let norms = [
        try Tensor.descend([weights[0]], velocities: [state[0]], by: step, clippingTo: 3),
        try Tensor.descend(
          [weights[1]], means: [state[1]], squares: [state[2]], updates: Tensor.zeros([1]),
          by: adaptive, clippingTo: 3),
      ]
      return try [norms]
        + (weights + state).map { try (transposed ? $0.permuted([1, 0]) : $0).doubles() }
    }
    for (fused, composed) in zip(try run(transposed: false), try run(transposed: true)) {
      expectClose(fused, composed, within: 1e-12)
    }
  }

  @Test func theBytesDoNotDependOnTheThreads() throws {
    let values = wave(100_002, step: 0.7).map { Float($0) }
    let before = TorchRuntime.threads
    defer { try? TorchRuntime.setThreads(before) }
    let results = try [1, 2].map { threads in
      try TorchRuntime.setThreads(threads)
      let weight = try Tensor(values, shape: [100_002])
      try weight.markAsWeight()
      try (weight * weight).sum().backward()
      let velocity = try Tensor.zeros(like: weight)
      let norm = try Tensor.descend([weight], velocities: [velocity], by: step, clippingTo: 1)
      return (norm, try weight.floats())
    }
    #expect(results[0].0 == results[1].0)
    #expect(results[0].1 == results[1].1)
  }

  @Test func stateOfAnotherShapeIsRefused() throws {
    let weight = try weight([1, 2, 3, 4])
    let error = #expect(throws: TorchError.self) {
      try Tensor.descend(
        [weight], velocities: [Tensor.zeros([4], type: .float64)], by: step, clippingTo: 0)
    }
    #expect(error?.operation == "a step of 1 weights with 1 velocities")
    #expect(error?.reason == "the state has the shape [4], the weight [2, 2]")
  }
}
