import Architecture
import Torch

/// A module that makes one feature map of several of the same shape.
protocol Joining: Module {
  /// - Parameter features: One or more, zero where an image has none, one of them there.
  /// - Returns: What is made of those that are present; anything for an image that has none.
  func callAsFunction(_ features: [PartialFeatures]) throws(TorchError) -> Tensor
}

/// Adds the features; a single one passes through.
struct Sum: Joining {
  func callAsFunction(_ features: [PartialFeatures]) throws(TorchError) -> Tensor {
    let tensors = features.tensors
    var total = tensors[0]
    for tensor in tensors.dropFirst() { total = try total + tensor }
    return total
  }
}

/// The mean of the features that are present.
struct Mean: Joining {
  func callAsFunction(_ features: [PartialFeatures]) throws(TorchError) -> Tensor {
    try Self.divided(Sum()(features), among: features)
  }

  /// A sum over the features divided by how many of them each image has.
  static func divided(
    _ sum: Tensor, among features: [PartialFeatures]
  ) throws(TorchError) -> Tensor {
    let counts = features[0].isPresent.indices.map { image in
      features.count { $0.isPresent[image] }
    }
    guard Set(counts).count > 1 else { return try sum / Double(max(1, counts[0])) }
    return try sum * sum.perImage(counts.map { 1 / Double(max(1, $0)) })
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
    case .mean: return Mean()
    case .concatenate:
      return try ConcatenateAndProject(edges: edges, channels: channels, using: &generator)
    case .gated:
      return try GatedSum(edges: edges, channels: channels, using: &generator)
    case .meanVariance:
      return try MeanAndVariance(channels: channels, using: &generator)
    case .attention:
      return try WindowedAttention(edges: edges, channels: channels, using: &generator)
    case .bilinear:
      return try LowRankProduct(edges: edges, channels: channels, using: &generator)
    }
  }
}
