import Architecture
import Torch

/// Multiplies 1 plus a linear map of each feature map, a few times over with other maps, adds the
/// products, and normalises: every product of features of different modalities appears, with weights
/// of low rank. What is absent has the factor 1.
///
/// Source: Z. Liu et al., "Efficient Low-rank Multimodal Fusion with Modality-Specific Factors", ACL
/// 2018, per voxel; the constant 1 of each factor has the weight 1, and the sum is normalised.
struct LowRankProduct: PartedJoining {
  private var factors: [Convolution3D]
  private let normalization: InstanceNormalization
  private let channels: Int

  init(
    edges: Int, channels: Int, using generator: inout some RandomNumberGenerator
  ) throws(TorchError) {
    var factors: [Convolution3D] = []
    for _ in 0..<edges {
      factors.append(
        try Convolution3D(
          inChannels: channels, outChannels: Combination.bilinearRank * channels,
          kernel: [1, 1, 1], using: &generator))
    }
    self.factors = factors
    self.channels = channels
    normalization = try InstanceNormalization(channels: channels)
  }

  func callAsFunction(_ features: [PartialFeatures]) throws(TorchError) -> Tensor {
    var product: Tensor?
    for (part, map) in zip(features, factors) {
      guard let mapped = try part.mapped(map).tensor else { continue }
      let factor = try mapped + 1
      product = try product.map { before throws(TorchError) in try before * factor } ?? factor
    }
    guard let product else { preconditionFailure("no image has any features") }
    var sum = try product.narrowed(axis: 1, from: 0, count: channels)
    for rank in 1..<Combination.bilinearRank {
      sum = try sum + product.narrowed(axis: 1, from: rank * channels, count: channels)
    }
    return try normalization(sum, leakySlope: Initialization.slope)
  }

  func keeping(_ edges: [Int]) -> LowRankProduct {
    var part = self
    part.factors = edges.map { factors[$0] }
    return part
  }

  var children: [(name: String, module: any Module)] {
    factors.enumerated().map { (name: "factor\($0)", module: $1 as any Module) }
      + [(name: "normalization", module: normalization)]
  }
}
