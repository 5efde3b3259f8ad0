import Torch

/// How far the cross-correlation C of the features of two batches is from the identity:
/// Σ (1 - Cᵢᵢ)² + weight · Σ Cᵢⱼ² over i ≠ j.
///
/// Features are brought to mean 0 and variance 1 over the batch first; 1e-5 is added to the
/// variance, as batch normalisation does, so that a feature without any is no division by zero.
///
/// Source: J. Zbontar et al., "Barlow Twins: Self-Supervised Learning via Redundancy Reduction",
/// ICML 2021.
struct RedundancyLoss {
  let weight: Double

  private static let epsilon = 1e-5

  /// - Parameters: Two batches `[samples, features]` of two samples or more.
  func callAsFunction(_ first: Tensor, _ second: Tensor) throws(TorchError) -> Tensor {
    let (count, features) = (Double(first.shape[0]), first.shape[1])
    let correlation =
      try Self.standardized(first).transposed()
      .matrixProduct(Self.standardized(second)) / count
    let isDiagonal = (0..<features * features).map { $0 % (features + 1) == 0 }
    let target = try Self.matrix(isDiagonal.map { $0 ? 1 : 0 }, like: first)
    let weights = try Self.matrix(isDiagonal.map { $0 ? 1 : weight }, like: first)
    let excess = try correlation - target
    return try (excess * excess * weights).sum()
  }

  private static func standardized(_ batch: Tensor) throws(TorchError) -> Tensor {
    let centred = try batch.centredColumns()
    let variance = try (centred * centred).mean(overAxes: [0], keepingAxes: true)
    return try centred / (variance + epsilon).squareRoot()
  }

  private static func matrix(_ values: [Double], like other: Tensor) throws(TorchError) -> Tensor {
    let side = other.shape[1]
    return try Tensor(values, shape: [side, side])
      .converted(to: other.scalarType).moved(to: other.device)
  }
}
