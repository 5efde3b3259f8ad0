import Architecture
import Torch

/// A module that makes one feature map of several of the same shape.
protocol Joining: Module {
  func callAsFunction(_ features: [Tensor]) throws(TorchError) -> Tensor
}

/// Adds the features; a single one passes through.
struct Sum: Joining {
  func callAsFunction(_ features: [Tensor]) throws(TorchError) -> Tensor {
    var total = features[0]
    for feature in features.dropFirst() { total = try total + feature }
    return total
  }
}

/// Puts the channels side by side and projects them back to as many as one feature map has.
struct ConcatenateAndProject: Joining {
  private let projection: ConvolutionBlock

  init(
    edges: Int, channels: Int, using generator: inout some RandomNumberGenerator
  ) throws(TorchError) {
    projection = try ConvolutionBlock(
      inChannels: edges * channels, outChannels: channels, kernel: [1, 1, 1], using: &generator)
  }

  func callAsFunction(_ features: [Tensor]) throws(TorchError) -> Tensor {
    try projection(Tensor.concatenated(features, axis: 1))
  }

  var children: [(name: String, module: any Module)] {
    [(name: "projection", module: projection)]
  }
}

/// Adds the features with weights that every voxel chooses for itself and that add up to one.
///
/// Source: the gating of J. Arevalo et al., "Gated Multimodal Units for Information Fusion", ICLR
/// workshop 2017, here per voxel and with a softmax over any number of feature maps.
struct GatedSum: Joining {
  private let gate: Convolution3D

  init(
    edges: Int, channels: Int, using generator: inout some RandomNumberGenerator
  ) throws(TorchError) {
    gate = try Convolution3D(
      inChannels: edges * channels, outChannels: edges, kernel: [1, 1, 1], using: &generator)
  }

  func callAsFunction(_ features: [Tensor]) throws(TorchError) -> Tensor {
    let shares = try gate(Tensor.concatenated(features, axis: 1)).softmax(axis: 1)
    var total = try features[0] * shares.narrowed(axis: 1, from: 0, count: 1)
    for (index, feature) in features.enumerated().dropFirst() {
      total = try total + feature * shares.narrowed(axis: 1, from: index, count: 1)
    }
    return total
  }

  var children: [(name: String, module: any Module)] {
    [(name: "gate", module: gate)]
  }
}

extension Combination {
  /// The module that joins so many edges by this combination.
  func makeJoining(
    edges: Int, channels: Int, using generator: inout some RandomNumberGenerator
  ) throws(TorchError) -> any Joining {
    guard edges > 1 else { return Sum() }
    switch self {
    case .sum: return Sum()
    case .concatenate:
      return try ConcatenateAndProject(edges: edges, channels: channels, using: &generator)
    case .gated:
      return try GatedSum(edges: edges, channels: channels, using: &generator)
    }
  }
}
