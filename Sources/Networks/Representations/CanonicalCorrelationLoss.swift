import Torch

/// One less the mean canonical correlation of two batches of embeddings, 0 to 1.
///
/// With the covariances S₁₁ + rI = L₁L₁ᵀ, S₂₂ + rI = L₂L₂ᵀ and S₁₂ of a batch, the correlations are
/// the singular values of L₁⁻¹ S₁₂ L₂⁻ᵀ, and their mean is over the features. Since only the sum of
/// the singular values is used, its gradient divides by no difference of them and stays finite where
/// two coincide. For more than two modalities the pairs are averaged; there is no common space as in
/// generalised canonical correlation analysis.
///
/// Source: G. Andrew et al., "Deep Canonical Correlation Analysis", ICML 2013.
struct CanonicalCorrelationLoss {
  /// What is added to the diagonals, in units of the embeddings' variance.
  let regularization: Double

  /// - Parameters: Two batches `[samples, features]` of two samples or more.
  func callAsFunction(_ first: Tensor, _ second: Tensor) throws(TorchError) -> Tensor {
    let whitened = try WhitenedCovariance(first, second, regularization: regularization)
    return try 1 - whitened.matrix.singularValues().mean()
  }
}

/// The cross-covariance of two batches with the covariance of each taken out: L₁⁻¹ S₁₂ L₂⁻ᵀ.
struct WhitenedCovariance {
  /// `[features of the first, features of the second]`
  let matrix: Tensor

  /// The Cholesky factors of the two covariances.
  let factors: (first: Tensor, second: Tensor)

  /// - Throws: ``TorchError`` when a covariance is not positive definite.
  init(_ first: Tensor, _ second: Tensor, regularization: Double) throws(TorchError) {
    let freedom = Double(first.shape[0] - 1)
    let (one, other) = (try first.centredColumns(), try second.centredColumns())
    let crossed = try one.transposed().matrixProduct(other) / freedom
    factors = (
      try Self.factor(one, freedom, regularization), try Self.factor(other, freedom, regularization)
    )
    let halfWhite = try factors.first.lowerTriangleSolved(crossed)
    matrix = try factors.second.lowerTriangleSolved(halfWhite.transposed()).transposed()
  }

  private static func factor(
    _ centred: Tensor, _ freedom: Double, _ regularization: Double
  ) throws(TorchError) -> Tensor {
    let features = centred.shape[1]
    let covariance = try centred.transposed().matrixProduct(centred) / freedom
    let diagonal = (0..<features * features).map { $0 % (features + 1) == 0 ? regularization : 0 }
    let ridge = try Tensor(diagonal, shape: [features, features])
      .converted(to: centred.scalarType).moved(to: centred.device)
    do throws(TorchError) {
      return try (covariance + ridge).choleskyFactor()
    } catch {
      throw TorchError(
        operation: "canonical correlation of \(centred.shape)",
        reason: "the covariance is not positive definite with a regularization of "
          + "\(regularization); raise it, or use more samples than features (\(error.reason))")
    }
  }
}
