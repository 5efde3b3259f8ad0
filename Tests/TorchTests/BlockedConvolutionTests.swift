import CKernels
import Randomness
import TestSupport
import Testing

@testable import Torch

/// Reference: ATen of the linked libtorch, in float64, which has none of these kernels.
struct BlockedConvolutionTests {
  @Test(arguments: 0..<60) func agreesWithATenInFloat64(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let trial = ConvolutionTrial(using: &generator)
    let fast = try trial.run(.float32)
    let reference = try trial.run(.float64)
    #expect(fast.result.isBlocked && !reference.result.isBlocked)
    #expect(fast.result.shape == reference.result.shape)
    for (name, found, wanted) in zip3(ConvolutionTrial.names, fast.all, reference.all) {
      let error = try relativeError(found, wanted)
      #expect(error < 1e-5, "\(name) of \(trial)")
    }
  }

  /// Rows of every length around what the kernels hold in registers, as nearly all networks have them.
  @Test(arguments: 0..<40) func agreesWithATenWhereSizesArePreserved(seed: UInt64) throws {
    var generator = SplitMix64(seed: 300 + seed)
    let trial = ConvolutionTrial(preservingSizeWithin: 1...50, using: &generator)
    for (name, found, wanted) in zip3(
      ConvolutionTrial.names, try trial.run(.float32).all, try trial.run(.float64).all)
    {
      #expect(try relativeError(found, wanted) < 1e-5, "\(name) of \(trial)")
    }
  }

  @Test func givesTheSameWithoutAVX512() throws {
    try exclusively {
      for seed in 400..<412 as Range<UInt64> {
        var generator = SplitMix64(seed: seed)
        let trial = ConvolutionTrial(preservingSizeWithin: 1...50, using: &generator)
        let fast = try trial.run(.float32)
        let narrower = try withoutAVX512 { try trial.run(.float32) }
        for (name, found, wanted) in zip3(ConvolutionTrial.names, narrower.all, fast.all) {
          #expect(try relativeError(found, wanted) < 1e-6, "\(name) of \(trial)")
        }
      }
    }
  }

  @Test func givesTheSameBytesAtOneAndTwoThreads() throws {
    try exclusively {
      for seed in 100..<108 as Range<UInt64> {
        var generator = SplitMix64(seed: seed)
        let trial =
          seed % 2 == 0
          ? ConvolutionTrial(using: &generator)
          : ConvolutionTrial(preservingSizeWithin: 15...35, using: &generator)
        let one = try withThreads(1) { try trial.run(.float32) }
        let two = try withThreads(2) { try trial.run(.float32) }
        for (name, left, right) in zip3(ConvolutionTrial.names, one.all, two.all) {
          #expect(try left.floats() == right.floats(), "\(name) of \(trial)")
        }
      }
    }
  }

  @Test func givesTheSameWithoutAVX2() throws {
    try exclusively {
      for seed in 200..<208 as Range<UInt64> {
        var generator = SplitMix64(seed: seed)
        let trial = ConvolutionTrial(using: &generator)
        let fast = try trial.run(.float32)
        let portable = try withoutAVX2 { try trial.run(.float32) }
        for (name, found, wanted) in zip3(ConvolutionTrial.names, portable.all, fast.all) {
          #expect(try relativeError(found, wanted) < 1e-6, "\(name) of \(trial)")
        }
      }
    }
  }

  @Test func gradientsCanBeDifferentiatedAgain() throws {
    var generator = SplitMix64(seed: 7)
    let trial = ConvolutionTrial(using: &generator)
    func second(_ type: ScalarType) throws -> [Tensor] {
      let inputs = try trial.inputs(type)
      let squares = try trial.applied(to: inputs).power(3).mean()
      let first = try Tensor.gradients(
        of: squares, withRespectTo: inputs, differentiable: true)
      let length = try first.compactMap { $0 }.reduce(Tensor.zeros([], type: type)) {
        try $0 + $1.power(2).sum()
      }
      return try Tensor.gradients(of: length, withRespectTo: inputs).compactMap { $0 }
    }
    for (found, wanted) in zip(try second(.float32), try second(.float64)) {
      #expect(try relativeError(found, wanted) < 1e-4)
    }
  }

  @Test func whatATenRefusesIsStillRefusedInItsWords() throws {
    let image = try Tensor.zeros([1, 8, 4, 4, 4])
    let error = #expect(throws: TorchError.self) {
      try image.convolution(weight: try Tensor.zeros([8, 9, 3, 3, 3]))
    }
    #expect(error?.reason.contains("expected input[1, 8, 4, 4, 4] to have 9 channels") == true)
    #expect(throws: TorchError.self) {
      try image.convolution(weight: try Tensor.zeros([8, 8, 5, 5, 5]))
    }
  }
}

/// A convolution of random shape, and random numbers for it.
private struct ConvolutionTrial: CustomStringConvertible {
  static let names = ["the result", "the input's gradient", "the weight's", "the bias's"]

  let image: [Int]
  let weight: [Int]
  let stride: [Int]
  let padding: [Int]
  let dilation: [Int]
  let isTransposed: Bool
  let numbers: [[Double]]

  init(using generator: inout SplitMix64) {
    let channels = Self.channels.randomElement(using: &generator) ?? 1
    let outputs = Self.channels.randomElement(using: &generator) ?? 1
    var stride: [Int] = []
    var padding: [Int] = []
    var dilation: [Int] = []
    var image = [Int.random(in: 1...2, using: &generator), channels]
    var weight = [outputs, channels]
    isTransposed = generator.chance(0.25)
    for _ in 0..<3 {
      stride.append(Int.random(in: 1...3, using: &generator))
      let kernel =
        isTransposed
        ? stride[stride.count - 1] : [1, 3, 3, 5].randomElement(using: &generator) ?? 3
      dilation.append(isTransposed ? 1 : Int.random(in: 1...2, using: &generator))
      padding.append(isTransposed ? 0 : Int.random(in: 0...kernel, using: &generator))
      let least = max(
        1, dilation[dilation.count - 1] * (kernel - 1) + 1 - 2 * padding[padding.count - 1])
      image.append(Int.random(in: least...(least + 12), using: &generator))
      weight.append(kernel)
    }
    if isTransposed { weight.swapAt(0, 1) }
    (self.image, self.weight) = (image, weight)
    (self.stride, self.padding, self.dilation) = (stride, padding, dilation)
    numbers = Self.numbers(image, weight, [outputs], using: &generator)
  }

  /// Three taps per axis padded so that the size stays, or is halved, with rows of such lengths.
  init(preservingSizeWithin lengths: ClosedRange<Int>, using generator: inout SplitMix64) {
    let channels = Self.channels.randomElement(using: &generator) ?? 1
    let outputs = Self.channels.randomElement(using: &generator) ?? 1
    let step = generator.chance(0.3) ? 2 : 1
    let reach = step == 1 ? Int.random(in: 1...2, using: &generator) : 1
    isTransposed = false
    image = [
      Int.random(in: 1...2, using: &generator), channels, Int.random(in: 1...5, using: &generator),
      Int.random(in: 1...5, using: &generator), Int.random(in: lengths, using: &generator),
    ]
    weight = [outputs, channels, 3, 3, 3]
    stride = [step, step, step]
    padding = [reach, reach, reach]
    dilation = padding
    numbers = Self.numbers(image, weight, [outputs], using: &generator)
  }

  private static func numbers(
    _ shapes: [Int]..., using generator: inout SplitMix64
  ) -> [[Double]] {
    shapes.map { shape in
      (0..<shape.reduce(1, *)).map { _ in Double(Float(generator.normal())) }
    }
  }

  private static let channels = [1, 2, 3, 4, 5, 8, 12, 16, 20, 24, 32]

  func inputs(_ type: ScalarType) throws -> [Tensor] {
    let shapes = [image, weight, [numbers[2].count]]
    return try zip(numbers, shapes).map { numbers, shape in
      let tensor = try Tensor(numbers, shape: shape).converted(to: type)
      try tensor.markAsWeight()
      return tensor
    }
  }

  func applied(to inputs: [Tensor]) throws -> Tensor {
    if isTransposed {
      return try inputs[0].transposedConvolution(
        weight: inputs[1], bias: inputs[2], stride: stride)
    }
    return try inputs[0].convolution(
      weight: inputs[1], bias: inputs[2], stride: stride, padding: padding, dilation: dilation)
  }

  /// The result, and the gradients of a sum of it in which no number can hide.
  func run(_ type: ScalarType) throws -> (result: Tensor, all: [Tensor]) {
    let inputs = try inputs(type)
    let result = try applied(to: inputs)
    let weights = try waves(result.shape, step: 0.77).converted(to: type)
    let gradients = try Tensor.gradients(
      of: (result * weights).sum(), withRespectTo: inputs)
    return (result, [result] + gradients.compactMap { $0 })
  }

  var description: String {
    "\(isTransposed ? "transposed " : "")convolution of \(image) with \(weight), stride \(stride), "
      + "padding \(padding), dilation \(dilation)"
  }
}
