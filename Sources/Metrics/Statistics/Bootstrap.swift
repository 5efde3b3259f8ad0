import Randomness

/// How sure a mean is, from drawing samples out of the sample.
///
/// Source: B. Efron, R. Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13 (the
/// percentile interval).
public struct Bootstrap: Hashable, Sendable {
  /// The part of all samples whose mean lies in the interval.
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
    precondition(!numbers.isEmpty, "a mean of no numbers")
    guard numbers.contains(where: { $0 != numbers[0] }) else { return numbers[0]...numbers[0] }
    var generator = SplitMix64(seed: seed)
    var means = (0..<resamples).map { _ in
      let sum = numbers.indices.reduce(0.0) { sum, _ in
        sum + numbers[Int.random(in: numbers.indices, using: &generator)]
      }
      return sum / Double(numbers.count)
    }
    means.sort()
    let tail = (1 - level) / 2
    return Self.quantile(tail, of: means)...Self.quantile(1 - tail, of: means)
  }

  /// Interpolated between the two numbers around it.
  private static func quantile(_ part: Double, of sorted: [Double]) -> Double {
    let place = part * Double(sorted.count - 1)
    let index = Int(place)
    guard index + 1 < sorted.count else { return sorted[sorted.count - 1] }
    return sorted[index] + (sorted[index + 1] - sorted[index]) * (place - Double(index))
  }
}
