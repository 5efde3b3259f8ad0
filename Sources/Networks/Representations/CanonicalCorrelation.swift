public import Torch

/// Linear canonical correlation analysis of two sets of features of the same samples, in closed
/// form: the directions of each whose projections correlate most, one pair after the other.
///
/// With the covariances S₁₁ + rI = L₁L₁ᵀ and S₂₂ + rI = L₂L₂ᵀ, the correlations are the singular
/// values of L₁⁻¹ S₁₂ L₂⁻ᵀ = U D Vᵀ, and the directions the columns of L₁⁻ᵀU and L₂⁻ᵀV.
///
/// Source: H. Hotelling, "Relations Between Two Sets of Variates", Biometrika 28, 1936; the ridge is
/// that of H. Vinod, "Canonical Ridge and Econometrics of Joint Production", 1976.
public struct CanonicalCorrelation: Hashable, Sendable {
  /// The correlations, largest first, each in `0...1`; with a ridge, of the ridged covariances.
  public let correlations: [Double]

  /// What projects one set of features.
  public struct Projection: Hashable, Sendable {
    /// The mean of each feature.
    public let mean: [Double]

    /// One direction per component, each with a number per feature. On the samples of the fit
    /// projections have a variance of 1 (less by what the ridge adds).
    public let directions: [[Double]]

    /// The components of samples `[samples, features]`, as float64 `[samples, components]`.
    ///
    /// - Throws: ``TorchError`` when the number of features is another.
    public func callAsFunction(_ samples: Tensor) throws(TorchError) -> Tensor {
      // A single feature would otherwise be spread over all of the mean.
      guard samples.shape.count == 2, samples.shape[1] == mean.count else {
        throw TorchError(
          operation: "projection of \(samples.shape)",
          reason: "it was fitted to [samples, \(mean.count)]")
      }
      let shift = try Tensor(mean, shape: [1, mean.count])
      let matrix = try Tensor(directions.flatMap(\.self), shape: [directions.count, mean.count])
      return try (samples.converted(to: .float64).moved(to: .cpu) - shift)
        .matrixProduct(matrix.transposed())
    }
  }

  /// The projections of the two sets of features.
  public let first: Projection
  public let second: Projection

  /// Fits to two matrices `[samples, features]`, whose numbers of features may differ.
  ///
  /// - Parameters:
  ///   - regularization: The ridge r on both covariances.
  ///   - components: How many pairs to keep, one or more; all, the smaller number of features, when
  ///     `nil` or more than that.
  /// - Throws: ``TorchError`` when the numbers of samples differ or are below two, `components` is
  ///   below one, or a covariance is not positive definite: then raise the regularisation.
  public init(
    _ first: Tensor, _ second: Tensor, regularization: Double = 0, components: Int? = nil
  ) throws(TorchError) {
    let operation = "canonical correlation of \(first.shape) and \(second.shape)"
    guard first.shape.count == 2, second.shape.count == 2, first.shape[0] == second.shape[0],
      first.shape[0] >= 2
    else {
      throw TorchError(
        operation: operation, reason: "it takes two matrices of as many rows, two or more")
    }
    guard components.map({ $0 >= 1 }) ?? true else {
      throw TorchError(operation: operation, reason: "it keeps one component or more")
    }
    let one = try first.detached().converted(to: .float64).moved(to: .cpu)
    let other = try second.detached().converted(to: .float64).moved(to: .cpu)
    let whitened = try WhitenedCovariance(one, other, regularization: regularization)
    let (left, values, right) = try whitened.matrix.singularVectors()
    let found = try values.doubles()
    let kept = min(components ?? found.count, found.count)
    correlations = Array(found.prefix(kept))
    self.first = Projection(
      mean: try one.mean(overAxes: [0]).doubles(),
      directions: try Self.directions(whitened.factors.first, left.transposed(), kept))
    self.second = Projection(
      mean: try other.mean(overAxes: [0]).doubles(),
      directions: try Self.directions(whitened.factors.second, right, kept))
  }

  /// The rows of `vectors` · L⁻¹, which are the columns of L⁻ᵀ · `vectors`ᵀ.
  private static func directions(
    _ factor: Tensor, _ vectors: Tensor, _ count: Int
  ) throws(TorchError) -> [[Double]] {
    let side = factor.shape[0]
    let identity = try Tensor(
      (0..<side * side).map { $0 % (side + 1) == 0 ? 1.0 : 0 }, shape: [side, side])
    let rows = try vectors.matrixProduct(factor.lowerTriangleSolved(identity)).doubles()
    return (0..<count).map { Array(rows[$0 * side..<($0 + 1) * side]) }
  }
}
