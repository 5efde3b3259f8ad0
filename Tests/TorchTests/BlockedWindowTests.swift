import CKernels
import Randomness
import TestSupport
import Testing

@testable import Torch

/// Reference: ATen of the linked libtorch, in float64, which has none of these kernels.
struct BlockedWindowTests {
  @Test(arguments: WindowTrial.Operation.allCases, 0..<12)
  fileprivate func agreesWithATenInFloat64(operation: WindowTrial.Operation, seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let trial = WindowTrial(operation, using: &generator)
    let (fast, reference) = (try trial.run(.float32), try trial.run(.float64))
    #expect(fast[0].isBlocked && !reference[0].isBlocked)
    #expect(fast.count == reference.count)
    for (index, (found, wanted)) in zip(fast, reference).enumerated() {
      #expect(try relativeError(found, wanted) < 1e-5, "tensor \(index) of \(trial)")
    }
  }

  @Test(arguments: WindowTrial.Operation.allCases)
  fileprivate func givesTheSameBytesAtOneAndTwoThreads(operation: WindowTrial.Operation) throws {
    var generator = SplitMix64(seed: 100)
    let trial = WindowTrial(operation, using: &generator)
    try exclusively {
      let one = try withThreads(1) { try trial.run(.float32) }
      let two = try withThreads(2) { try trial.run(.float32) }
      for (left, right) in zip(one, two) {
        #expect(try left.floats() == right.floats(), "\(trial)")
      }
    }
  }

  @Test(arguments: WindowTrial.Operation.allCases)
  fileprivate func givesTheSameWithoutAVX2(operation: WindowTrial.Operation) throws {
    var generator = SplitMix64(seed: 200)
    let trial = WindowTrial(operation, using: &generator)
    try exclusively {
      let fast = try trial.run(.float32)
      let portable = try withoutAVX2 { try trial.run(.float32) }
      for (found, wanted) in zip(portable, fast) {
        #expect(try relativeError(found, wanted) < 1e-5, "\(trial)")
      }
    }
  }

  @Test(arguments: WindowTrial.Operation.allCases)
  fileprivate func gradientsCanBeDifferentiatedAgain(operation: WindowTrial.Operation) throws {
    var generator = SplitMix64(seed: 7)
    let trial = WindowTrial(operation, using: &generator)
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
      #expect(try relativeError(found, wanted) < 1e-4)
    }
  }

  @Test func theFirstOfEqualVoxelsTakesTheGradientOfTheMaximum() throws {
    let image = try Tensor.zeros([1, 1, 1, 1, 3])
    try image.markAsWeight()
    let maxima = try image.maxPooled(window: [3, 3, 3], stride: [1, 1, 1], padding: [1, 1, 1])
    let gradient = try Tensor.gradients(of: maxima.sum(), withRespectTo: [image])[0]
    #expect(try gradient?.floats() == [2, 1, 0])
  }

  @Test func aMeanAtTheBorderHasFewerVoxels() throws {
    let rows = Array(repeating: [1, 2, 6] as [Float], count: 9).flatMap { $0 }
    let image = try Tensor(rows, shape: [1, 1, 3, 3, 3])
    let means = try image.averagePooled(window: [3, 3, 3], stride: [1, 1, 1], padding: [1, 1, 1])
    let wanted = Array(repeating: [1.5, 3, 4] as [Float], count: 9).flatMap { $0 }
    expectClose(try means.floats(), wanted, within: 1e-6)
  }

  @Test func aMeanOfAnImageSmallerThanTheWindowIsRefusedByATen() throws {
    let image = try Tensor.ones([1, 8, 2, 3, 3])
    let error = #expect(throws: TorchError.self) {
      try image.averagePooled(window: [3, 3, 3], stride: [1, 1, 1], padding: [1, 1, 1])
    }
    #expect(error?.reason.contains("smaller than kernel size") == true)
  }
}

/// An operation with windows on random numbers of a random shape.
private struct WindowTrial: CustomStringConvertible {
  enum Operation: CaseIterable {
    case average, maximum, depthwise, dilatedDepthwise, wideDepthwise
  }

  let operation: Operation
  let image: [Int]
  let numbers: [[Double]]

  init(_ operation: Operation, using generator: inout SplitMix64) {
    self.operation = operation
    let channels = Int.random(in: 2...20, using: &generator)
    // ATen takes no mean of images that are smaller than the window.
    let least = operation == .average ? 3 : 1
    let size = (0..<3).map { _ in Int.random(in: least...11, using: &generator) }
    image = [Int.random(in: 1...2, using: &generator), channels] + size
    let edge = operation == .wideDepthwise ? 5 : 3
    numbers = [image, [channels, edge, edge, edge]].map { shape in
      (0..<shape.reduce(1, *)).map { _ in Double(Float(generator.normal())) }
    }
  }

  func inputs(_ type: ScalarType) throws -> [Tensor] {
    let edge = operation == .wideDepthwise ? 5 : 3
    let shapes = [image, [image[1], 1, edge, edge, edge]]
    let hasWeight = operation != .average && operation != .maximum
    return try zip(numbers, shapes).prefix(hasWeight ? 2 : 1).map {
      let tensor = try Tensor($0, shape: $1).converted(to: type)
      try tensor.markAsWeight()
      return tensor
    }
  }

  func applied(to inputs: [Tensor]) throws -> Tensor {
    let (ones, threes) = ([1, 1, 1], [3, 3, 3])
    switch operation {
    case .average:
      return try inputs[0].averagePooled(window: threes, stride: ones, padding: ones)
    case .maximum: return try inputs[0].maxPooled(window: threes, stride: ones, padding: ones)
    case .depthwise:
      return try inputs[0].convolution(weight: inputs[1], padding: ones, groups: image[1])
    case .dilatedDepthwise, .wideDepthwise:
      let dilation = operation == .dilatedDepthwise ? [2, 2, 2] : ones
      return try inputs[0].convolution(
        weight: inputs[1], padding: [2, 2, 2], dilation: dilation, groups: image[1])
    }
  }

  /// The result, and the gradients of a sum of it in which no number can hide.
  func run(_ type: ScalarType) throws -> [Tensor] {
    let inputs = try inputs(type)
    let result = try applied(to: inputs)
    let weights = try waves(result.shape, step: 0.77).converted(to: type)
    let gradients = try Tensor.gradients(of: (result * weights).sum(), withRespectTo: inputs)
    return [result] + gradients.compactMap { $0 }
  }

  var description: String { "\(operation) of \(image)" }
}
