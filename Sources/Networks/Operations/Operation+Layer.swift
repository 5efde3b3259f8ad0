import Architecture
import Torch

extension Operation {
  /// The layer that does this to features with so many channels.
  func makeLayer(
    channels: Int, using generator: inout some RandomNumberGenerator
  ) throws(TorchError) -> any Layer {
    switch self {
    case .skip:
      Identity()
    case .convolution1:
      try block(channels, edge: 1, using: &generator)
    case .convolution3:
      try block(channels, edge: 3, using: &generator)
    case .convolution5:
      try block(channels, edge: 5, using: &generator)
    case .dilated3:
      try block(channels, edge: 3, dilation: 2, using: &generator)
    case .separable3:
      try SeparableConvolution(channels: channels, using: &generator)
    case .averagePool3:
      AveragePooling()
    case .maxPool3:
      MaxPooling()
    case .channelAttention:
      try ChannelAttention(channels: channels, using: &generator)
    case .crossModalAttention:
      try CrossModalAttention(channels: channels, using: &generator)
    }
  }

  private func block(
    _ channels: Int, edge: Int, dilation: Int = 1,
    using generator: inout some RandomNumberGenerator
  ) throws(TorchError) -> ConvolutionBlock {
    try ConvolutionBlock(
      inChannels: channels, outChannels: channels, kernel: [edge, edge, edge],
      dilation: [dilation, dilation, dilation], using: &generator)
  }
}
