import Randomness
import Torch

/// What new weights hold.
enum Initialization {
  /// The slope of the leaky ReLU after every convolution.
  static let slope = 0.01

  /// Normally distributed weights that keep the size of activations through a leaky ReLU.
  ///
  /// - Parameter fanIn: How many products one output sums. For a transposed convolution this is,
  ///   as in PyTorch, worked out from the weight's second axis, its output channels.
  ///
  /// Source: K. He et al., "Delving Deep into Rectifiers", ICCV 2015, equation 15; the slope is
  /// nnU-Net's.
  static func he(
    shape: [Int], fanIn: Int, using generator: inout some RandomNumberGenerator
  ) throws(TorchError) -> Tensor {
    let deviation = (2 / ((1 + slope * slope) * Double(fanIn))).squareRoot()
    let values = (0..<shape.reduce(1, *)).map { _ in
      Float(generator.normal(deviation: deviation))
    }
    return try weight(try Tensor(values, shape: shape))
  }

  /// One number per channel, all equal.
  static func constant(_ value: Double, channels: Int) throws(TorchError) -> Tensor {
    try weight(try Tensor.filled(with: value, [channels]))
  }

  private static func weight(_ tensor: Tensor) throws(TorchError) -> Tensor {
    try tensor.markAsWeight()
    return tensor
  }
}
