import Foundation
public import Torch

/// Soft Dice plus cross-entropy, the loss of nnU-Net.
///
/// `crossEntropy + 1 − Dice`, where Dice is
/// `(2 Σ p g + ε) / max(Σ p + Σ g + ε, 1e-8)` with the softmax probability `p` and the truth `g`,
/// summed over the voxels of one patch, then averaged over patches and all classes but background.
///
/// Source: F. Isensee et al., "nnU-Net", Nature Methods 18, 2021; F. Milletari et al., "V-Net",
/// 3DV 2016.
public enum Loss {
  /// Keeps the Dice of a class that is absent finite.
  static let smoothing = 1e-5

  /// The loss of one level.
  ///
  /// - Parameters:
  ///   - logits: `[batch, classes, depth, height, width]`.
  ///   - classes: `[batch, depth, height, width]`, whole numbers.
  public static func diceAndCrossEntropy(
    logits: Tensor, classes: Tensor
  ) throws(TorchError) -> Tensor {
    let crossEntropy = try logits.crossEntropy(with: classes)
    let truth = try classes.oneHot(classes: logits.shape[1]).converted(to: logits.scalarType)
    return try crossEntropy + softDiceLoss(probabilities: logits.softmax(axis: 1), truth: truth)
  }

  /// The loss over several levels of the decoder, finest first.
  ///
  /// A level weighs half of the one above it, and the weights add up to one. The truth of the
  /// coarser levels is taken from the nearest voxels.
  public static func deeplySupervised(
    logits: [Tensor], classes: Tensor
  ) throws(TorchError) -> Tensor {
    let weights = logits.indices.map { pow(0.5, Double($0)) }
    let total = weights.reduce(0, +)
    var loss = try diceAndCrossEntropy(logits: logits[0], classes: classes) * (weights[0] / total)
    for level in logits.indices.dropFirst() {
      let truth = try reduced(
        classes, to: Array(logits[level].shape.dropFirst(2)), like: logits[level])
      let part = try diceAndCrossEntropy(logits: logits[level], classes: truth)
      loss = try loss + part * (weights[level] / total)
    }
    return loss
  }

  private static func softDiceLoss(
    probabilities: Tensor, truth: Tensor
  ) throws(TorchError) -> Tensor {
    let count = probabilities.shape[1] - 1
    let predicted = try probabilities.narrowed(axis: 1, from: 1, count: count)
    let expected = try truth.narrowed(axis: 1, from: 1, count: count)
    let space = [2, 3, 4]
    let shared = try (predicted * expected).sum(overAxes: space)
    let sizes = try predicted.sum(overAxes: space) + expected.sum(overAxes: space)
    let dice =
      try (shared * 2 + smoothing) / (sizes + smoothing).clamped(to: 1e-8...Double.infinity)
    return try dice.mean().negated() + 1
  }

  /// The truth on a coarser grid, from the nearest voxels.
  private static func reduced(
    _ classes: Tensor, to shape: [Int], like logits: Tensor
  ) throws(TorchError) -> Tensor {
    let image = try classes.converted(to: logits.scalarType)
      .reshaped([classes.shape[0], 1] + classes.shape.dropFirst())
    return try image.interpolated(size: shape, .nearest)
      .reshaped([classes.shape[0]] + shape).converted(to: .int64)
  }
}
