public import Torch

/// A 3×3×3 convolution of each channel alone, then a 1×1×1 block that mixes the channels.
///
/// The first has no bias: it would only shift what the block's normalisation centres.
///
/// Source: F. Chollet, "Xception: Deep Learning with Depthwise Separable Convolutions", CVPR 2017.
public struct SeparableConvolution: Layer {
  private let depthwise: Convolution3D
  private let pointwise: ConvolutionBlock

  public init(
    channels: Int, using generator: inout some RandomNumberGenerator
  ) throws(TorchError) {
    depthwise = try Convolution3D(
      inChannels: channels, outChannels: channels, kernel: [3, 3, 3], groups: channels,
      bias: false, using: &generator)
    pointwise = try ConvolutionBlock(
      inChannels: channels, outChannels: channels, kernel: [1, 1, 1], using: &generator)
  }

  public func callAsFunction(_ input: Tensor) throws(TorchError) -> Tensor {
    try pointwise(depthwise(input))
  }

  public func candidate(reading input: Tensor) throws(TorchError) -> Tensor.Candidate {
    guard !InstanceNormalization.isAltered,
      case .convolution(let weight, _, let bias, let scale, let shift) =
        try pointwise.candidate(reading: input)
    else { return .image(try self(input)) }
    return .separable(
      depthwise: depthwise.weight, pointwise: weight, bias: bias, scale: scale, shift: shift)
  }

  public var children: [(name: String, module: any Module)] {
    [(name: "depthwise", module: depthwise), (name: "pointwise", module: pointwise)]
  }
}
