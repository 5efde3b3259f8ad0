public import Torch

/// Convolution, instance normalisation and leaky ReLU as one unit: what all networks are built
/// from.
///
/// Nothing outside reaches into a block; normalisation and activation are a single kernel.
///
/// Source: the block of F. Isensee et al., "nnU-Net", Nature Methods 18, 2021, with its slope of
/// 0.01.
public struct ConvolutionBlock: Layer {
  private let convolution: Convolution3D
  private let normalization: InstanceNormalization

  /// - Parameters:
  ///   - kernel: The convolution's size along depth, height and width; odd.
  ///   - stride: By what depth, height and width are reduced.
  ///   - dilation: The step between the kernel's weights along depth, height and width.
  public init(
    inChannels: Int, outChannels: Int, kernel: [Int], stride: [Int] = [1, 1, 1],
    dilation: [Int] = [1, 1, 1], using generator: inout some RandomNumberGenerator
  ) throws(TorchError) {
    convolution = try Convolution3D(
      inChannels: inChannels, outChannels: outChannels, kernel: kernel, stride: stride,
      dilation: dilation, using: &generator)
    normalization = try InstanceNormalization(channels: outChannels)
  }

  public func callAsFunction(_ input: Tensor) throws(TorchError) -> Tensor {
    try normalization(convolution(input), leakySlope: Initialization.slope)
  }

  public func candidate(reading input: Tensor) throws(TorchError) -> Tensor.Candidate {
    let keepsSize = convolution.stride.allSatisfy { $0 == 1 }
    guard keepsSize, Set(convolution.dilation).count == 1, !InstanceNormalization.isAltered else {
      return .image(try self(input))
    }
    return .convolution(
      weight: convolution.weight, dilation: convolution.dilation[0], bias: convolution.bias,
      scale: normalization.scale, shift: normalization.shift)
  }

  public var children: [(name: String, module: any Module)] {
    [(name: "convolution", module: convolution), (name: "normalization", module: normalization)]
  }
}
