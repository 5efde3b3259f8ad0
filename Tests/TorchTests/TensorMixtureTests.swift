import CKernels
import Randomness
import TestSupport
import Testing

@testable import Torch

/// Reference: ATen of the linked libtorch, in float64, one operation after another.
struct TensorMixtureTests {
  @Test(arguments: 0..<40) func agreesWithATenInFloat64(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let trial = MixtureTrial(using: &generator)
    let (fast, reference) = (try trial.run(.float32), try trial.run(.float64))
    #expect(fast[0].isBlocked && !reference[0].isBlocked)
    #expect(fast.count == reference.count)
    for (index, (found, wanted)) in zip(fast, reference).enumerated() {
      #expect(try relativeError(found, wanted) < 1e-5, "tensor \(index) of \(trial)")
    }
  }

  @Test func givesTheSameBytesAtOneAndTwoThreads() throws {
    try exclusively {
      for seed in 100..<104 as Range<UInt64> {
        var generator = SplitMix64(seed: seed)
        let trial = MixtureTrial(using: &generator)
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
      for seed in 200..<204 as Range<UInt64> {
        var generator = SplitMix64(seed: seed)
        let trial = MixtureTrial(using: &generator)
        let fast = try trial.run(.float32)
        let portable = try withoutAVX2 { try trial.run(.float32) }
        for (found, wanted) in zip(portable, fast) {
          #expect(try relativeError(found, wanted) < 1e-5, "\(trial)")
        }
      }
    }
  }

  @Test(arguments: [3, 4] as [UInt64]) func gradientsCanBeDifferentiatedAgain(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let trial = MixtureTrial(using: &generator)
    func second(_ type: ScalarType) throws -> [Tensor] {
      let inputs = try trial.inputs(type)
      let weights = trial.differentiable(inputs)
      let first = try Tensor.gradients(
        of: trial.applied(to: inputs).power(3).mean(), withRespectTo: weights, differentiable: true)
      let length = try first.compactMap { $0 }.reduce(Tensor.zeros([], type: type)) {
        try $0 + $1.power(2).sum()
      }
      return try Tensor.gradients(of: length, withRespectTo: weights).compactMap { $0 }
    }
    for (found, wanted) in zip(try second(.float32), try second(.float64)) {
      #expect(try relativeError(found, wanted) < 1e-4)
    }
  }

  @Test func theSharesAloneHaveTheSameGradientAsBesideEverything() throws {
    var generator = SplitMix64(seed: 5)
    let trial = MixtureTrial(using: &generator)
    let inputs = try trial.inputs(.float32)
    let sum = try trial.applied(to: inputs).power(2).sum()
    let all = try Tensor.gradients(of: sum, withRespectTo: inputs, keepingGraph: true)
    let alone = try Tensor.gradients(of: sum, withRespectTo: [inputs[1]])
    #expect(try alone[0]?.floats() == all[1]?.floats())
  }

  @Test func anImageThatIsOnlySkippedIsScaledByItsShare() throws {
    let image = try Tensor([1, -2, 3] as [Float], shape: [1, 1, 1, 1, 3])
    let shares = try Tensor([0.25, 0.5] as [Float], shape: [2])
    let mixed = try image.mixed([.nothing, .skip], shares: shares)
    #expect(try mixed.floats() == [0.5, -1, 1.5])
  }

  @Test func nothingHasAShareWithoutAGradient() throws {
    let image = try Tensor([1, -2, 3] as [Float], shape: [1, 1, 1, 1, 3])
    let shares = try Tensor([0.25, 0.5] as [Float], shape: [2])
    try shares.markAsWeight()
    let sum = try image.mixed([.nothing, .skip], shares: shares).sum()
    #expect(try Tensor.gradients(of: sum, withRespectTo: [shares])[0]?.floats() == [0, 2])
  }

  @Test func refusesWeightsThatChangeTheChannels() throws {
    let image = try Tensor.zeros([1, 8, 4, 4, 4])
    let error = #expect(throws: TorchError.self) {
      try image.mixed(
        [.convolution(weight: Tensor.zeros([4, 8, 3, 3, 3]))], shares: Tensor.ones([1]))
    }
    #expect(error?.operation == "mixture of 1 candidates of [1, 8, 4, 4, 4] with the shares [1]")
    #expect(error?.reason == "a candidate's weights need the shape [8, 8, d, h, w]")
  }

  // In float64, where no kernel is used.
  @Test func activatedLastIsWhatBlocksComputeOneByOne() throws {
    var generator = SplitMix64(seed: 9)
    let trial = MixtureTrial([.convolution3, .image, .separable, .maximum], using: &generator)
    let inputs = try trial.inputs(.float64)
    let (image, shares) = (inputs[0], try inputs[1].doubles())
    func finished(_ image: Tensor, _ index: Int) throws -> Tensor {
      try image.instanceNormalized(
        scale: inputs[index], shift: inputs[index + 1], leakySlope: 0.01)
    }
    let plain = try finished(
      image.convolution(weight: inputs[2], bias: inputs[3], padding: [1, 1, 1]), 4)
    let between = try image.convolution(
      weight: inputs[7], padding: [1, 1, 1], groups: image.shape[1])
    let separable = try finished(between.convolution(weight: inputs[8], bias: inputs[9]), 10)
    let pooled = try image.maxPooled(window: [3, 3, 3], stride: [1, 1, 1], padding: [1, 1, 1])
    var wanted = try plain * shares[0] + inputs[6] * shares[1]
    wanted = try wanted + separable * shares[2] + pooled * shares[3]
    #expect(try relativeError(trial.applied(to: inputs), wanted) < 1e-12)
  }

  // A normalisation takes away whatever is added in front of it.
  @Test func aBiasHasNoGradient() throws {
    var generator = SplitMix64(seed: 11)
    let trial = MixtureTrial([.convolution3], using: &generator)
    let inputs = try trial.inputs(.float32)
    let sum = try trial.applied(to: inputs).power(2).sum()
    let gradient = try Tensor.gradients(of: sum, withRespectTo: [inputs[3]])[0]
    #expect(try gradient?.floats().allSatisfy { $0 == 0 } == true)
  }

  @Test func refusesAnImageOfAnotherShape() throws {
    let image = try Tensor.zeros([1, 8, 4, 4, 4])
    let error = #expect(throws: TorchError.self) {
      try image.mixed([.image(Tensor.zeros([1, 8, 4, 4, 3]))], shares: Tensor.ones([1]))
    }
    #expect(error?.reason == "a candidate's image needs the input's shape")
  }

  @Test func refusesAScaleOfAnotherNumberOfChannels() throws {
    let image = try Tensor.zeros([1, 8, 4, 4, 4])
    let error = #expect(throws: TorchError.self) {
      try image.mixed(
        [.convolution(weight: Tensor.zeros([8, 8, 3, 3, 3]), scale: Tensor.ones([4]))],
        shares: Tensor.ones([1]))
    }
    #expect(
      error?.reason
        == "a candidate's bias, scale and shift need one number for each of the 8 channels")
  }

  @Test func refusesSharesOfAnotherNumber() throws {
    let image = try Tensor.zeros([1, 8, 4, 4, 4])
    let error = #expect(throws: TorchError.self) {
      try image.mixed([.skip, .maxPool], shares: Tensor.ones([3]))
    }
    #expect(error?.reason == "the shares need one number for each of the 2 candidates")
  }
}

/// Candidates, an image, shares and weights of random shapes.
private struct MixtureTrial: CustomStringConvertible {
  enum Kind: CaseIterable {
    case nothing, skip, convolution1, convolution3, separable, dilated, average, maximum, image
  }

  let image: [Int]
  let kinds: [Kind]
  let activation: Tensor.CandidateActivation
  let numbers: [[Double]]

  init(using generator: inout SplitMix64) {
    let kinds = Kind.allCases.filter { _ in generator.chance(0.8) } + [.convolution3]
    self.init(kinds, generator.chance(0.5) ? .first : .last, using: &generator)
  }

  init(
    _ kinds: [Kind], _ activation: Tensor.CandidateActivation = .last,
    using generator: inout SplitMix64
  ) {
    let channels = Int.random(in: 2...20, using: &generator)
    // ATen takes no mean of images that are smaller than the window.
    let size = (0..<3).map { _ in Int.random(in: 3...13, using: &generator) }
    image = [Int.random(in: 1...2, using: &generator), channels] + size
    self.kinds = kinds
    self.activation = activation
    numbers = Self.shapes(image, kinds).map { shape in
      (0..<shape.reduce(1, *)).map { _ in Double(Float(generator.normal())) }
    }
  }

  /// Of the image, the shares, and the candidates' tensors.
  private static func shapes(_ image: [Int], _ kinds: [Kind]) -> [[Int]] {
    let channels = image[1]
    let finish = [[channels], [channels], [channels]]
    return [image, [kinds.count]]
      + kinds.flatMap { (kind: Kind) -> [[Int]] in
        switch kind {
        case .convolution1: [[channels, channels, 1, 1, 1]] + finish
        case .convolution3, .dilated: [[channels, channels, 3, 3, 3]] + finish
        case .separable: [[channels, 1, 3, 3, 3], [channels, channels, 1, 1, 1]] + finish
        case .image: [image]
        case .nothing, .skip, .average, .maximum: []
        }
      }
  }

  func inputs(_ type: ScalarType) throws -> [Tensor] {
    try zip(numbers, Self.shapes(image, kinds)).map {
      let tensor = try Tensor($0, shape: $1).converted(to: type)
      try tensor.markAsWeight()
      return tensor
    }
  }

  /// All inputs but the convolutions' biases, whose gradients are zero.
  func differentiable(_ inputs: [Tensor]) -> [Tensor] {
    var (kept, left) = (Array(inputs.prefix(2)), inputs.dropFirst(2))
    for kind in kinds {
      let weights = Self.shapes(image, [kind]).count - 2
      for index in 0..<weights {
        let tensor = left.removeFirst()
        if weights < 3 || index != weights - 3 { kept.append(tensor) }
      }
    }
    return kept
  }

  func applied(to inputs: [Tensor]) throws -> Tensor {
    var left = inputs.dropFirst(2)
    func next() -> Tensor { left.removeFirst() }
    let candidates = kinds.map { (kind: Kind) -> Tensor.Candidate in
      switch kind {
      case .nothing: .nothing
      case .skip: .skip
      case .convolution1, .convolution3, .dilated:
        .convolution(
          weight: next(), dilation: kind == .dilated ? 2 : 1, bias: next(), scale: next(),
          shift: next())
      case .separable:
        .separable(
          depthwise: next(), pointwise: next(), bias: next(), scale: next(), shift: next())
      case .average: .averagePool
      case .maximum: .maxPool
      case .image: .image(next())
      }
    }
    return try inputs[0].mixed(candidates, shares: inputs[1], activating: activation)
  }

  /// The result, and the gradients of a sum of it in which no number can hide.
  func run(_ type: ScalarType) throws -> [Tensor] {
    let inputs = try inputs(type)
    let result = try applied(to: inputs)
    let weights = try waves(result.shape, step: 0.77).converted(to: type)
    let gradients = try Tensor.gradients(
      of: (result * weights).sum(), withRespectTo: differentiable(inputs))
    return [result] + gradients.compactMap { $0 }
  }

  var description: String { "\(kinds) of \(image), activated \(activation)" }
}
