import Torch

/// Puts the channels side by side, zeros for what is absent, and projects them back to as many as one
/// feature map has.
struct ConcatenateAndProject: Joining {
  private let projection: ConvolutionBlock

  init(
    edges: Int, channels: Int, using generator: inout some RandomNumberGenerator
  ) throws(TorchError) {
    projection = try ConvolutionBlock(
      inChannels: edges * channels, outChannels: channels, kernel: [1, 1, 1], using: &generator)
  }

  func callAsFunction(_ features: [PartialFeatures]) throws(TorchError) -> Tensor {
    try projection(Tensor.concatenated(features.filled(), axis: 1))
  }

  var children: [(name: String, module: any Module)] {
    [(name: "projection", module: projection)]
  }
}
