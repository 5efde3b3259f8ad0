internal import CTorch

// What segmentation is trained with.
extension Tensor {
  /// The mean cross-entropy of these logits `[N, classes, …]` plus one minus their mean soft Dice.
  ///
  /// The Dice of a class is `(2 Σ p g + a) / max(Σ p + Σ g + b, 1e-8)` with the softmax probability
  /// `p` and the truth `g`; it is averaged over all classes but the first.
  ///
  /// In float32 and float64 on the processor this is one pass over the logits, and one more for the
  /// gradient, which cannot itself be differentiated; nothing as large as the logits is kept. The
  /// bytes of the result do not depend on the number of threads.
  ///
  /// - Parameters:
  ///   - classes: `[N, …]`, uint8 or int64.
  ///   - joiningImages: Whether the sums run over all images together; otherwise the Dice is taken
  ///     for each image and averaged.
  ///   - smoothing: `a` and `b`.
  public func diceAndCrossEntropy(
    with classes: Tensor, joiningImages: Bool,
    smoothing: (numerator: Double, denominator: Double)
  ) throws(TorchError) -> Tensor {
    try Tensor.make("Dice and cross-entropy of \(shape) with the classes \(classes.shape)") {
      ctorch_dice_cross_entropy(
        &$0, pointer, classes.pointer, joiningImages ? 1 : 0, smoothing.numerator,
        smoothing.denominator)
    }
  }

  /// These classes `[N, D, H, W]` on a grid of `size` over the same field of view: of each voxel of
  /// the new grid, the one at or just below its place.
  public func reducedClasses(to size: [Int]) throws(TorchError) -> Tensor {
    try Tensor.make("reduction of the classes \(shape) to \(size)") {
      ctorch_reduced_classes(&$0, pointer, size, size.count)
    }
  }
}
