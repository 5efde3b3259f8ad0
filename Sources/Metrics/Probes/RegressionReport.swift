/// How far a regression is off.
public struct RegressionReport: Equatable, Codable, Sendable {
  public let samples: Int

  /// The mean of the absolute errors, and the ends of its bootstrap interval over the samples.
  public let meanAbsoluteError: Double
  public let interval: [Double]

  /// One less the squared errors over those of the mean; below 0 where the mean is better. `nil` when
  /// all true values are the same.
  public let rSquared: Double?

  /// - Precondition: There is a sample.
  public init(truth: [Double], predicted: [Double], bootstrap: Bootstrap = Bootstrap()) {
    precondition(
      !truth.isEmpty && truth.count == predicted.count,
      "\(truth.count) samples with \(predicted.count) predictions")
    let errors = zip(truth, predicted).map { abs($0 - $1) }
    let interval = bootstrap.interval(ofMean: errors)
    let mean = truth.reduce(0, +) / Double(truth.count)
    let spread = truth.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    samples = truth.count
    meanAbsoluteError = errors.reduce(0, +) / Double(errors.count)
    self.interval = [interval.lowerBound, interval.upperBound]
    rSquared = spread > 0 ? 1 - errors.reduce(0) { $0 + $1 * $1 } / spread : nil
  }
}
