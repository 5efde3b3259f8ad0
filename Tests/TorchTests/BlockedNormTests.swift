import CKernels
import Randomness
import TestSupport
import Testing

@testable import Torch

/// Reference: ATen of the linked libtorch, in float64, which has none of these kernels.
struct BlockedNormTests {
  @Test(arguments: 0..<40) func agreesWithATenInFloat64(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let trial = NormTrial(using: &generator)
    let (fast, reference) = (try trial.run(.float32), try trial.run(.float64))
    #expect(fast[0].isBlocked && !reference[0].isBlocked)
    #expect(fast.count == reference.count)
    for (index, (found, wanted)) in zip(fast, reference).enumerated() {
      #expect(try relativeError(found, wanted) < 1e-5, "tensor \(index) of \(trial)")
    }
  }

  @Test func keepsItsPrecisionFarFromZero() throws {
    let numbers = (0..<4096).map { 1000 + Double($0 % 7) }
    let image = try Tensor(numbers, shape: [1, 1, 16, 16, 16])
    let found = try image.converted(to: .float32).instanceNormalized()
    let wanted = try image.converted(to: .float64).instanceNormalized()
    #expect(try relativeError(found, wanted) < 1e-5)
  }

  @Test func givesTheSameBytesAtOneAndTwoThreads() throws {
    try exclusively {
      for seed in 100..<108 as Range<UInt64> {
        var generator = SplitMix64(seed: seed)
        let trial = NormTrial(using: &generator)
        let one = try withThreads(1) { try trial.run(.float32) }
        let two = try withThreads(2) { try trial.run(.float32) }
        for (left, right) in zip(one, two) {
          #expect(try left.floats() == right.floats(), "\(trial)")
        }
      }
    }
  }

  @Test func givesTheSameWithoutAVX2() throws {
    try exclusively {
      for seed in 200..<208 as Range<UInt64> {
        var generator = SplitMix64(seed: seed)
        let trial = NormTrial(using: &generator)
        let fast = try trial.run(.float32)
        let portable = try withoutAVX2 { try trial.run(.float32) }
        for (found, wanted) in zip(portable, fast) {
          #expect(try relativeError(found, wanted) < 1e-5, "\(trial)")
        }
      }
    }
  }

  @Test func gradientsCanBeDifferentiatedAgain() throws {
    var generator = SplitMix64(seed: 7)
    let trial = NormTrial(using: &generator)
    func second(_ type: ScalarType) throws -> [Tensor] {
      let inputs = try trial.inputs(type)
      let first = try Tensor.gradients(
        of: trial.applied(to: inputs).power(3).mean(), withRespectTo: inputs, differentiable: true)
      let length = try first.compactMap { $0 }.reduce(Tensor.zeros([], type: type)) {
        try $0 + $1.power(2).sum()
      }
      return try Tensor.gradients(of: length, withRespectTo: inputs).compactMap { $0 }
    }
    for (found, wanted) in zip(try second(.float32), try second(.float64)) {
      #expect(try relativeError(found, wanted) < 1e-3)
    }
  }

  @Test func aScaleOfAnotherLengthIsRefusedByATen() throws {
    let image = try Tensor.zeros([1, 8, 2, 2, 2])
    #expect(throws: TorchError.self) {
      try image.instanceNormalized(scale: try Tensor.zeros([7]))
    }
  }
}

/// A normalisation of random shape, and random numbers for it.
private struct NormTrial: CustomStringConvertible {
  let image: [Int]
  let isAffine: Bool
  let slope: Double
  let numbers: [[Double]]

  init(using generator: inout SplitMix64) {
    // Some planes are long enough for threads to share, and none has a single voxel, whose exact
    // gradient is zero.
    let size =
      generator.chance(0.2)
      ? [17, 33, 35] : (0..<3).map { _ in Int.random(in: 1...11, using: &generator) }
    let channels = Int.random(in: 1...20, using: &generator)
    image = [Int.random(in: 1...2, using: &generator), channels] + [size[0], size[1], size[2] + 1]
    isAffine = generator.chance(0.7)
    slope = [0.01, 0.2, 1][Int.random(in: 0...2, using: &generator)]
    numbers = [image, [channels], [channels]].map { shape in
      (0..<shape.reduce(1, *)).map { _ in Double(Float(generator.normal())) }
    }
  }

  func inputs(_ type: ScalarType) throws -> [Tensor] {
    try zip(numbers, [image, [image[1]], [image[1]]]).prefix(isAffine ? 3 : 1).map {
      let tensor = try Tensor($0, shape: $1).converted(to: type)
      try tensor.markAsWeight()
      return tensor
    }
  }

  func applied(to inputs: [Tensor]) throws -> Tensor {
    try inputs[0].instanceNormalized(
      scale: isAffine ? inputs[1] : nil, shift: isAffine ? inputs[2] : nil, leakySlope: slope)
  }

  /// The result, and the gradients of a sum of it in which no number can hide.
  func run(_ type: ScalarType) throws -> [Tensor] {
    let inputs = try inputs(type)
    let result = try applied(to: inputs)
    // Waves alone cancel: the shift's gradient would be less than the rounding of its summands.
    let weights = try (waves(result.shape, step: 0.77) + 0.5).converted(to: type)
    let gradients = try Tensor.gradients(of: (result * weights).sum(), withRespectTo: inputs)
    return [result] + gradients.compactMap { $0 }
  }

  var description: String {
    "\(isAffine ? "affine " : "")normalisation of \(image), slope \(slope)"
  }
}
