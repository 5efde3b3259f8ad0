import Foundation
public import Torch

/// Soft Dice plus cross-entropy, the loss of nnU-Net.
///
/// `crossEntropy + 1 − Dice`, where Dice is
/// `(2 Σ p g + ε) / max(Σ p + Σ g + ε, 1e-8)` with the softmax probability `p` and the truth `g`.
/// nnU-Net leaves out the 1, which changes no gradient.
///
/// Source: F. Isensee et al., "nnU-Net", Nature Methods 18, 2021; F. Milletari et al., "V-Net",
/// 3DV 2016.
public enum Loss {
  /// What the sums of the Dice run over, before it is averaged over all classes but background.
  public enum DiceScope: Sendable {
    /// The voxels of one patch; the Dice is averaged over patches too.
    case patch

    /// The voxels of the whole batch: nnU-Net's and MONAI's "batch Dice".
    case batch
  }

  /// Keeps the Dice of a class that is absent finite: nnU-Net's `smooth`, MONAI's `smooth_nr` and
  /// `smooth_dr`.
  static let smoothing = 1e-5

  /// The loss of one level.
  ///
  /// - Parameters:
  ///   - logits: `[batch, classes, depth, height, width]`.
  ///   - classes: `[batch, depth, height, width]`, uint8 or int64.
  public static func diceAndCrossEntropy(
    logits: Tensor, classes: Tensor, dice: DiceScope = .patch
  ) throws(TorchError) -> Tensor {
    try logits.diceAndCrossEntropy(
      with: classes, joiningImages: dice == .batch, smoothing: (smoothing, smoothing))
  }

  /// The loss over several levels of the decoder, finest first.
  ///
  /// A level weighs half of the one above it, and the weights add up to one. The truth of the
  /// coarser levels is taken from the nearest voxels.
  public static func deeplySupervised(
    logits: [Tensor], classes: Tensor, dice: DiceScope = .patch
  ) throws(TorchError) -> Tensor {
    let weights = logits.indices.map { pow(0.5, Double($0)) }
    let total = weights.reduce(0, +)
    var loss =
      try diceAndCrossEntropy(logits: logits[0], classes: classes, dice: dice)
      * (weights[0] / total)
    for level in logits.indices.dropFirst() {
      let truth = try classes.reducedClasses(to: Array(logits[level].shape.dropFirst(2)))
      let part = try diceAndCrossEntropy(logits: logits[level], classes: truth, dice: dice)
      loss = try loss + part * (weights[level] / total)
    }
    return loss
  }
}
