import Foundation

extension RandomNumberGenerator {
  /// A number from the uniform distribution on `range`.
  public mutating func uniform(_ range: Range<Double>) -> Double {
    let unit = Double(next() >> 11) * 0x1p-53
    return range.lowerBound + unit * (range.upperBound - range.lowerBound)
  }

  /// A number from the normal distribution with the given mean and standard deviation.
  ///
  /// Source: G. Box, M. Muller, "A Note on the Generation of Random Normal Deviates", 1958.
  public mutating func normal(mean: Double = 0, deviation: Double = 1) -> Double {
    let radius = (-2 * log(1 - uniform(0..<1))).squareRoot()
    return mean + deviation * radius * cos(2 * .pi * uniform(0..<1))
  }

  /// `true` with the given probability.
  public mutating func chance(_ probability: Double) -> Bool {
    uniform(0..<1) < probability
  }
}
