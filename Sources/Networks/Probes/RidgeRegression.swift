public import Torch

/// Linear regression with an L2 penalty on the weights and none on the intercept.
///
/// Minimises the sum of squared errors plus the penalty times the weights' squares: scikit-learn's
/// `Ridge(alpha=penalty)`.
///
/// Source: A. Hoerl, R. Kennard, "Ridge Regression", Technometrics 12, 1970.
public struct RidgeRegression: Hashable, Sendable {
  /// One per feature.
  public let weights: [Double]
  public let intercept: Double

  /// Fits to samples of as many finite numbers each, one sample or more.
  ///
  /// - Parameter penalty: Above 0.
  /// - Throws: `TorchError` when memory runs out, or the covariance is so large that the penalty is lost
  ///   beside it; standardise the features then.
  public init(
    _ samples: [[Double]], targets: [Double], penalty: Double = 1
  ) throws(TorchError) {
    precondition(
      !samples.isEmpty && samples.count == targets.count && penalty > 0,
      "\(samples.count) samples, \(targets.count) targets, a penalty of \(penalty)")
    let (count, width) = (samples.count, samples[0].count)
    let inputs = try Tensor(samples.flatMap(\.self), shape: [count, width])
    let means = try inputs.mean(overAxes: [0], keepingAxes: true)
    let centred = try inputs - means
    let mean = targets.reduce(0, +) / Double(count)
    let errors = try Tensor(targets.map { $0 - mean }, shape: [count, 1])
    let identity = try Tensor(
      (0..<width * width).map { $0 % (width + 1) == 0 ? 1.0 : 0 }, shape: [width, width])
    let transposed = try centred.transposed()
    let factor = try (transposed.matrixProduct(centred) + identity * penalty).choleskyFactor()
    let inverse = try factor.lowerTriangleSolved(identity)
    let right = try transposed.matrixProduct(errors)
    weights = try inverse.transposed().matrixProduct(inverse.matrixProduct(right)).doubles()
    intercept = mean - zip(weights, try means.doubles()).reduce(0) { $0 + $1.0 * $1.1 }
  }

  public func value(of sample: [Double]) -> Double {
    precondition(sample.count == weights.count, "\(sample.count) features")
    return zip(weights, sample).reduce(intercept) { $0 + $1.0 * $1.1 }
  }
}
