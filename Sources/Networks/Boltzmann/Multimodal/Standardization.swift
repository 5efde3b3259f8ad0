/// Shifts and scales features to mean 0 and variance 1, as Gaussian units expect them.
public struct Standardization: Hashable, Sendable {
  public let mean: [Double]

  /// The standard deviation of each feature; 1 for one that never varies.
  public let deviation: [Double]

  /// - Parameter deviation: As many numbers as `mean` has, above 0.
  public init(mean: [Double], deviation: [Double]) {
    precondition(
      mean.count == deviation.count && deviation.allSatisfy { $0 > 0 },
      "\(mean.count) means and \(deviation.count) deviations, expected as many, above 0")
    self.mean = mean
    self.deviation = deviation
  }

  /// Fits to samples of as many features each; one sample or more.
  public init(_ samples: [[Double]]) {
    precondition(!samples.isEmpty, "no samples to fit to")
    let count = Double(samples.count)
    let features = samples[0].indices
    let mean = features.map { feature in samples.reduce(0) { $0 + $1[feature] } / count }
    self.mean = mean
    deviation = features.map { feature in
      let squares = samples.reduce(0) { total, sample in
        let distance = sample[feature] - mean[feature]
        return total + distance * distance
      }
      let deviation = (squares / count).squareRoot()
      // The mean of equal numbers may be off by a rounding, which is no variation.
      return deviation > 1e-12 * abs(mean[feature]) ? deviation : 1
    }
  }

  /// Standardised features.
  public func callAsFunction(_ sample: [Double]) -> [Double] {
    sample.indices.map { (sample[$0] - mean[$0]) / deviation[$0] }
  }

  /// The way back.
  public func inverse(_ standardized: [Double]) -> [Double] {
    standardized.indices.map { standardized[$0] * deviation[$0] + mean[$0] }
  }
}
