import Foundation
import TestSupport
import Testing
import Torch
import Training

/// Reference: PyTorch 2.15, `Tests/Reference/training_values.py`.
struct LossTests {
  private func wave(_ count: Int, _ step: Double, scale: Double = 1) -> [Double] {
    (0..<count).map { sin(Double($0) * step) * scale }
  }

  private let classes = (0..<48).map { UInt8($0 * 7 % 5 % 3) }

  @Test func agreesWithPyTorch() throws {
    let logits = try Tensor(wave(144, 0.37, scale: 2), shape: [2, 3, 2, 3, 4])
    try logits.markAsWeight()
    let loss = try Loss.diceAndCrossEntropy(
      logits: logits, classes: Tensor(classes, shape: [2, 2, 3, 4]))
    try loss.backward()
    let gradient = try #require(logits.gradient).doubles()
    #expect(abs(try loss.item() - 2.5515498104638255) < 1e-10)
    let head = [
      -0.016494261139280413, 0.012001761328349871, 0.017949040604647734, 0.017261779741354472,
    ]
    for (value, expected) in zip(gradient, head) { #expect(abs(value - expected) < 1e-10) }
    let norm = gradient.map { $0 * $0 }.reduce(0, +).squareRoot()
    #expect(abs(norm - 0.15977813012217132) < 1e-10)
  }

  @Test func deepSupervisionWeighsEachLevelHalfOfTheOneAbove() throws {
    let fine = try Tensor(wave(144, 0.37, scale: 2), shape: [2, 3, 2, 3, 4])
    let coarse = try Tensor(wave(24, 0.61, scale: 1.5), shape: [2, 3, 1, 2, 2])
    let loss = try Loss.deeplySupervised(
      logits: [fine, coarse], classes: Tensor(classes, shape: [2, 2, 3, 4]))
    #expect(abs(try loss.item() - 2.4020936706813205) < 1e-10)
  }

  /// Reference: MONAI 1.6.1, `Tests/Reference/loss_values.py`.
  @Test func theDiceOfABatchIsThatOfAllItsVoxels() throws {
    let logits = try Tensor(wave(144, 0.37, scale: 2), shape: [2, 3, 2, 3, 4])
    let loss = try Loss.diceAndCrossEntropy(
      logits: logits, classes: Tensor(bytes: classes, shape: [2, 2, 3, 4]), dice: .batch)
    #expect(abs(try loss.item() - 2.550591192358334) < 1e-10)
  }

  @Test func isNearlyZeroForACertainAndRightAnswer() throws {
    let truth = try Tensor(classes, shape: [2, 2, 3, 4])
    let logits = try truth.oneHot(classes: 3).converted(to: .float64) * 50
    #expect(abs(try Loss.diceAndCrossEntropy(logits: logits, classes: truth).item()) < 1e-6)
  }
}
