public import Torch

/// Brings every channel to mean 0 and variance 1 over all images of a batch, then scales and shifts it.
///
/// A training uses the mean and variance of each batch and keeps a moving average of both; everything else
/// uses that average, so that an image does not depend on those beside it.
///
/// Source: S. Ioffe, C. Szegedy, "Batch Normalization: Accelerating Deep Network Training by Reducing
/// Internal Covariate Shift", ICML 2015; the share of a new batch in the averages is PyTorch's.
public struct BatchNormalization: Module {
  /// How much of the moving averages each batch replaces.
  public static let momentum = 0.1

  /// One factor per channel, `[channels]`.
  public let scale: Tensor

  /// One summand per channel, `[channels]`.
  public let shift: Tensor

  /// The moving averages, `[channels]`.
  public let mean: Tensor
  public let variance: Tensor

  public init(channels: Int) throws(TorchError) {
    scale = try Initialization.constant(1, channels: channels)
    shift = try Initialization.constant(0, channels: channels)
    mean = try Tensor.filled(with: 0, [channels])
    variance = try Tensor.filled(with: 1, [channels])
  }

  /// - Parameter isTraining: Whether the batch itself is looked at, and learnt from.
  /// - Throws: `TorchError` when it is, and has a single number per channel.
  public func callAsFunction(_ input: Tensor, isTraining: Bool) throws(TorchError) -> Tensor {
    if NormalizationBypass.isOn { return input }
    guard !isTraining || input.elementCount > scale.elementCount else {
      throw TorchError(
        operation: "batch normalization of \(input.shape)",
        reason: "a single number per channel has no variance; let batches or patches be larger, or "
          + "halve the grid less often")
    }
    return try input.batchNormalized(
      scale: scale, shift: shift, runningMean: mean, runningVariance: variance,
      momentum: Self.momentum, epsilon: InstanceNormalization.epsilon, isTraining: isTraining)
  }

  public var weights: [(name: String, tensor: Tensor)] {
    [(name: "scale", tensor: scale), (name: "shift", tensor: shift)]
  }

  public var buffers: [(name: String, tensor: Tensor)] {
    [(name: "mean", tensor: mean), (name: "variance", tensor: variance)]
  }
}
