public import Torch

/// Upsampling with learnt weights: every voxel becomes a block as large as the stride.
///
/// `[batch, inChannels, D, H, W]` becomes `[batch, outChannels, D·stride, H·stride, W·stride]`.
public struct TransposedConvolution3D: Layer {
  /// `[inChannels, outChannels, depth, height, width]`.
  public let weight: Tensor

  /// `[outChannels]`.
  public let bias: Tensor

  /// The block's size along depth, height and width; the kernel's too.
  public let stride: [Int]

  /// Creates an upsampling with random weights and a bias of zero.
  public init(
    inChannels: Int, outChannels: Int, stride: [Int],
    using generator: inout some RandomNumberGenerator
  ) throws(TorchError) {
    precondition(stride.count == 3, "\(stride) is not a stride along three axes")
    weight = try Initialization.he(
      shape: [inChannels, outChannels] + stride, fanIn: outChannels * stride.reduce(1, *),
      using: &generator)
    bias = try Initialization.constant(0, channels: outChannels)
    self.stride = stride
  }

  public func callAsFunction(_ input: Tensor) throws(TorchError) -> Tensor {
    try input.transposedConvolution(weight: weight, bias: bias, stride: stride)
  }

  public var weights: [(name: String, tensor: Tensor)] {
    [(name: "weight", tensor: weight), (name: "bias", tensor: bias)]
  }
}
