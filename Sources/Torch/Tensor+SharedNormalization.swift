internal import CTorch

// Normalisations whose statistics several channels or several images share.
extension Tensor {
  /// Each group of neighbouring channels of each image brought to mean 0 and variance 1, then each channel
  /// scaled and shifted.
  ///
  /// - Parameters:
  ///   - groups: How many there are; they divide the channels.
  ///   - scale: One factor per channel.
  ///   - shift: One summand per channel.
  public func groupNormalized(
    groups: Int, scale: Tensor, shift: Tensor, epsilon: Double = 1e-5
  ) throws(TorchError) -> Tensor {
    try Tensor.make("group normalization of \(shape) in \(groups) groups") {
      ctorch_group_norm(&$0, pointer, scale.pointer, shift.pointer, groups, epsilon)
    }
  }

  /// Each channel of a batch brought to mean 0 and variance 1, then scaled and shifted.
  ///
  /// - Parameters:
  ///   - scale: One factor per channel.
  ///   - shift: One summand per channel.
  ///   - runningMean: The moving average per channel of the batches' means; changed in training.
  ///   - runningVariance: That of their variances.
  ///   - momentum: How much of the averages a batch replaces.
  ///   - isTraining: Whether mean and variance are those of this batch, and not the averages.
  public func batchNormalized(
    scale: Tensor, shift: Tensor, runningMean: Tensor, runningVariance: Tensor,
    momentum: Double = 0.1, epsilon: Double = 1e-5, isTraining: Bool
  ) throws(TorchError) -> Tensor {
    try Tensor.make("batch normalization of \(shape)") {
      ctorch_batch_norm(
        &$0, pointer, scale.pointer, shift.pointer, runningMean.pointer, runningVariance.pointer,
        isTraining ? 1 : 0, momentum, epsilon)
    }
  }
}
