import Torch

/// The mean and the variance of the features that are present, side by side, projected back to as many
/// channels as one feature map has.
///
/// The variance is divided by the number of features, so that it is 0 for a single one.
///
/// Source: M. Havaei et al., "HeMIS: Hetero-Modal Image Segmentation", MICCAI 2016.
struct MeanAndVariance: PartedJoining {
  private let projection: ConvolutionBlock

  init(channels: Int, using generator: inout some RandomNumberGenerator) throws(TorchError) {
    projection = try ConvolutionBlock(
      inChannels: 2 * channels, outChannels: channels, kernel: [1, 1, 1], using: &generator)
  }

  func callAsFunction(_ features: [PartialFeatures]) throws(TorchError) -> Tensor {
    let mean = try Mean()(features)
    var squares: Tensor?
    for part in features {
      guard let tensor = part.tensor else { continue }
      let distance = try part.masked(tensor - mean)
      let square = try distance * distance
      squares = try squares.map { sum throws(TorchError) in try sum + square } ?? square
    }
    guard let squares else { preconditionFailure("no image has any features") }
    let variance = try Mean.divided(squares, among: features)
    return try projection(Tensor.concatenated([mean, variance], axis: 1))
  }

  /// No edge has anything of its own.
  func keeping(_ edges: [Int]) -> MeanAndVariance { self }

  var children: [(name: String, module: any Module)] {
    [(name: "projection", module: projection)]
  }
}
