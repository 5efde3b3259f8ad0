import Randomness

/// How sure a mean, or another statistic, is, from drawing samples out of the sample.
///
/// Source: B. Efron, R. Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13 (the
/// percentile interval).
public struct Bootstrap: Hashable, Sendable {
  /// The part of all samples whose statistic lies in the interval.
  public var level: Double

  /// How many samples are drawn.
  public var resamples: Int

  /// The same seed draws the same samples.
  public var seed: UInt64

  public init(level: Double = 0.95, resamples: Int = 5000, seed: UInt64 = 1) {
    self.level = level
    self.resamples = resamples
    self.seed = seed
  }

  /// The interval of the mean of `numbers`.
  ///
  /// - Precondition: There is a number.
  /// - Complexity: O(*n*) in the numbers times the resamples.
  public func interval(ofMean numbers: [Double]) -> ClosedRange<Double> {
    interval(of: { $0.reduce(0, +) / Double($0.count) }, over: numbers)
  }

  /// The interval of what a function, such as the median, makes of `numbers`.
  ///
  /// - Precondition: There is a number.
  public func interval(
    of statistic: ([Double]) -> Double, over numbers: [Double]
  ) -> ClosedRange<Double> {
    precondition(!numbers.isEmpty, "a statistic of no numbers")
    // Rounding must not spread what is all the same.
    guard numbers.contains(where: { $0 != numbers[0] }) else {
      let value = statistic([numbers[0]])
      return value...value
    }
    var generator = SplitMix64(seed: seed)
    var sample = numbers
    var found = (0..<resamples).map { _ in
      for index in sample.indices {
        sample[index] = numbers[Int.random(in: numbers.indices, using: &generator)]
      }
      return statistic(sample)
    }
    found.sort()
    let tail = (1 - level) / 2
    return Self.quantile(tail, of: found)...Self.quantile(1 - tail, of: found)
  }

  /// Interpolated between the two numbers around it.
  private static func quantile(_ part: Double, of sorted: [Double]) -> Double {
    let place = part * Double(sorted.count - 1)
    let index = Int(place)
    guard index + 1 < sorted.count else { return sorted[sorted.count - 1] }
    return sorted[index] + (sorted[index + 1] - sorted[index]) * (place - Double(index))
  }
}
