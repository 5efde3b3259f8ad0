import Foundation
import Measuring
import Torch
import Training

/// Dice and cross-entropy, forward and backward, of 2 × 4 × 64³ logits.
enum LossFigure {
  static func measure(data: String, repetitions: Int) throws {
    let logits = try Tensor(
      NumPyFile(data + "/logits.npy").values(as: Float.self), shape: [2, 4, 64, 64, 64])
    let classes = try Tensor(
      bytes: NumPyFile(data + "/train_y.npy").values(as: UInt8.self), shape: [2, 64, 64, 64])
    try logits.markAsWeight()
    var value = 0.0
    let figure = try Figure("loss/dice_ce/chiasm", repetitions: repetitions) {
      try logits.clearGradient()
      let loss = try Loss.diceAndCrossEntropy(logits: logits, classes: classes, dice: .batch)
      try loss.backward()
      value = try loss.item()
    }
    print(try figure.line())
    print("{\"name\": \"loss/dice_ce/chiasm/loss\", \"value\": \(value)}")
  }
}
