public import Torch

/// The last layer: features to one score per class and voxel.
public struct SegmentationHead: Layer {
  private let convolution: Convolution3D

  public init(
    channels: Int, classes: Int, using generator: inout some RandomNumberGenerator
  ) throws(TorchError) {
    convolution = try Convolution3D(
      inChannels: channels, outChannels: classes, kernel: [1, 1, 1], using: &generator)
  }

  /// - Returns: Logits, `[batch, classes, depth, height, width]`.
  public func callAsFunction(_ input: Tensor) throws(TorchError) -> Tensor {
    try convolution(input)
  }

  public var weights: [(name: String, tensor: Tensor)] { convolution.weights }
}
