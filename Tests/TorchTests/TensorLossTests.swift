import Foundation
import TestSupport
import Testing
import Torch

/// Reference: MONAI 1.6.1, nnunetv2 2.8.1 and PyTorch 2.15, `Tests/Reference/loss_values.py`.
struct TensorLossTests {
  private let smooth = (numerator: 1e-5, denominator: 1e-5)

  private func labels(_ count: Int, classes: Int) -> [UInt8] {
    (0..<count).map { UInt8($0 * 7 % 5 % classes) }
  }

  /// The loss of `values`, and its gradient.
  private func loss<Scalar: BinaryFloatingPoint>(
    _ values: [Scalar], shape: [Int], labels: [UInt8], joined: Bool
  ) throws -> (value: Double, gradient: [Double]) {
    let logits =
      try (values as? [Float]).map { try Tensor($0, shape: shape) }
      ?? Tensor(values.map { Double($0) }, shape: shape)
    try logits.markAsWeight()
    let classes = try Tensor(bytes: labels, shape: [shape[0]] + shape.dropFirst(2))
    let loss = try logits.diceAndCrossEntropy(
      with: classes, joiningImages: joined, smoothing: smooth)
    try loss.backward()
    return (try loss.item(), try #require(logits.gradient).doubles())
  }

  @Test(arguments: [
    (false, 2.5515498104638255, -0.016494261139280413, 0.15977813012217132, 0.021684197370951522),
    (true, 2.550591192358334, -0.01659842699478036, 0.15958213480685407, 0.02231985798977206),
  ])
  func agreesWithMONAI(
    joined: Bool, expected: Double, first: Double, length: Double, probe: Double
  ) throws {
    let found = try loss(
      wave(144, step: 0.37, scale: 2), shape: [2, 3, 2, 3, 4], labels: labels(48, classes: 3),
      joined: joined)
    expectClose(found.value, expected, within: 1e-12)
    expectClose(found.gradient[0], first, within: 1e-12)
    expectClose(norm(found.gradient), length, within: 1e-12)
    let along = found.gradient.enumerated().map { $1 * cos(0.1 * Double($0)) }.reduce(0, +)
    expectClose(along, probe, within: 1e-12)
  }

  /// nnU-Net computes part of its Dice in float32, and leaves out the 1.
  @Test(arguments: [(false, 1.5515498230623335), (true, 1.5505912015604109)])
  func agreesWithNNUNet(joined: Bool, expected: Double) throws {
    let found = try loss(
      wave(144, step: 0.37, scale: 2), shape: [2, 3, 2, 3, 4], labels: labels(48, classes: 3),
      joined: joined)
    expectClose(found.value - 1, expected, within: 1e-7)
  }

  @Test func anUndecidedNetworkLosesLogarithmOfTwoAndHalfTheDice() throws {
    let logits = try Tensor([0.0, 0, 0, 0], shape: [1, 2, 2])
    let loss = try logits.diceAndCrossEntropy(
      with: Tensor(bytes: [0, 1], shape: [1, 2]), joiningImages: false, smoothing: (0, 0))
    // Of class 1: p g = ½, Σ p = 1, Σ g = 1.
    expectClose(try loss.item(), log(2) + 0.5, within: 1e-12)
  }

  @Test(arguments: [false, true])
  func theGradientIsTheSlope(joined: Bool) throws {
    let values = wave(2 * 3 * 7, step: 0.53, scale: 1.5)
    let labels = labels(14, classes: 3)
    let found = try loss(values, shape: [2, 3, 1, 7, 1], labels: labels, joined: joined)
    let slopes = try finiteDifference(at: values) {
      try loss($0, shape: [2, 3, 1, 7, 1], labels: labels, joined: joined).value
    }
    expectClose(found.gradient, slopes, within: 1e-9)
  }

  /// Sizes around eight voxels, the 512 voxels of a float32 sum and the 4096 of a piece.
  @Test(arguments: [1, 7, 8, 9, 511, 513, 4095, 4096, 4097, 9001], [2, 3, 8, 9, 17])
  func float32AgreesWithFloat64(voxels: Int, classes: Int) throws {
    let values = wave(2 * classes * voxels, step: 0.61, scale: 5).map { Float($0) }
    let labels = labels(2 * voxels, classes: classes)
    for joined in [false, true] {
      let shape = [2, classes, voxels]
      let found = try loss(values, shape: shape, labels: labels, joined: joined)
      let exact = try loss(
        values.map { Double($0) }, shape: shape, labels: labels, joined: joined)
      expectClose(found.value, exact.value, within: 2e-6 * max(1, exact.value))
      let difference = zip(found.gradient, exact.gradient).map { $0 - $1 }
      #expect(norm(difference) <= 1e-6 * norm(exact.gradient))
    }
  }

  @Test func theBytesDoNotDependOnTheThreads() throws {
    let values = wave(2 * 4 * 20_000, step: 0.61, scale: 5).map { Float($0) }
    let labels = labels(40_000, classes: 4)
    let before = TorchRuntime.threads
    defer { try? TorchRuntime.setThreads(before) }
    let results = try [1, 2].map { threads in
      try TorchRuntime.setThreads(threads)
      return try loss(values, shape: [2, 4, 20_000], labels: labels, joined: true)
    }
    #expect(results[0].value == results[1].value)
    #expect(results[0].gradient == results[1].gradient)
  }

  @Test func wideAndNarrowLabelsGiveTheSame() throws {
    let logits = try Tensor(wave(144, step: 0.37), shape: [2, 3, 2, 3, 4])
    let bytes = try Tensor(bytes: labels(48, classes: 3), shape: [2, 2, 3, 4])
    let losses = try [bytes, bytes.converted(to: .int64)].map {
      try logits.diceAndCrossEntropy(with: $0, joiningImages: false, smoothing: smooth).item()
    }
    #expect(losses[0] == losses[1])
  }

  /// 300 classes are more than the kernels take, so this compares with ATen's operations: 297 of
  /// them are absent and never predicted, and have a Dice of one.
  @Test func theComposedLossAgreesWithTheFused() throws {
    let shape = [1, 3, 2, 3, 4]
    let logits = try Tensor(wave(72, step: 0.37), shape: shape)
    let absent = try Tensor.filled(with: -1000, [1, 297, 2, 3, 4], type: .float64)
    let classes = try Tensor(bytes: labels(24, classes: 3), shape: [1, 2, 3, 4])
    let fused = try logits.diceAndCrossEntropy(
      with: classes, joiningImages: false, smoothing: smooth)
    let composed = try Tensor.concatenated([logits, absent], axis: 1).diceAndCrossEntropy(
      with: classes, joiningImages: false, smoothing: smooth)
    let entropy = try logits.crossEntropy(with: classes.converted(to: .int64)).item()
    let dice = 1 - (try fused.item() - entropy)
    expectClose(
      try composed.item(), entropy + 1 - (2 * dice + 297) / 299, within: 1e-12)
  }

  @Test func aLabelThatIsNoClassIsNamed() throws {
    let logits = try Tensor(wave(16, step: 0.3), shape: [1, 2, 8])
    let error = #expect(throws: TorchError.self) {
      try logits.diceAndCrossEntropy(
        with: Tensor(bytes: [0, 1, 0, 2, 0, 0, 1, 1], shape: [1, 8]), joiningImages: false,
        smoothing: smooth)
    }
    #expect(error?.operation == "Dice and cross-entropy of [1, 2, 8] with the classes [1, 8]")
    #expect(error?.reason == "the label 2 is not one of 2 classes")
  }

  @Test func classesOfAnotherShapeAreRefused() throws {
    let logits = try Tensor(wave(16, step: 0.3), shape: [1, 2, 8])
    let error = #expect(throws: TorchError.self) {
      try logits.diceAndCrossEntropy(
        with: Tensor(bytes: [0, 1], shape: [1, 2]), joiningImages: false, smoothing: smooth)
    }
    #expect(error?.reason == "the classes need the shape [1, 8]")
  }

  @Test func aLogitThatIsNotANumberShows() throws {
    var values = wave(32, step: 0.3).map { Float($0) }
    values[5] = .nan
    let logits = try Tensor(values, shape: [1, 2, 16])
    let loss = try logits.diceAndCrossEntropy(
      with: Tensor(bytes: labels(16, classes: 2), shape: [1, 16]), joiningImages: false,
      smoothing: smooth)
    #expect(try loss.item().isNaN)
  }

  @Test func aSecondDerivativeIsRefused() throws {
    let logits = try Tensor(wave(16, step: 0.3), shape: [1, 2, 8])
    try logits.markAsWeight()
    let loss = try logits.diceAndCrossEntropy(
      with: Tensor(bytes: labels(8, classes: 2), shape: [1, 8]), joiningImages: false,
      smoothing: smooth)
    let error = #expect(throws: TorchError.self) {
      _ = try Tensor.gradients(of: loss, withRespectTo: [logits], differentiable: true)
    }
    #expect(error?.reason.contains("this loss can be differentiated only once") == true)
  }

  @Test func reducedClassesAreThoseOfTheNearestVoxels() throws {
    let classes = try Tensor(bytes: (0..<24).map { UInt8($0) }, shape: [1, 2, 3, 4])
    // Depth 2 → 1 takes slice 0; height 3 → 2 takes rows 0 and 1; width 4 → 2 columns 0 and 2.
    let reduced = try classes.reducedClasses(to: [1, 2, 2])
    #expect(reduced.shape == [1, 1, 2, 2])
    #expect(try reduced.bytes() == [0, 2, 4, 6])
  }
}
