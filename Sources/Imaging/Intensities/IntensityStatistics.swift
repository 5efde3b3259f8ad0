/// What a set of intensities is like: the numbers that normalisation is made from.
///
/// Everything is in the unit of the intensities, except `count`.
public struct IntensityStatistics: Codable, Hashable, Sendable {
  /// How many intensities were looked at.
  public let count: Int

  /// The arithmetic mean.
  public let mean: Double

  /// The standard deviation of the whole population (divided by `count`, as NumPy does).
  public let deviation: Double

  /// The least intensity.
  public let minimum: Double

  /// The greatest intensity.
  public let maximum: Double

  /// The 50th percentile.
  public let median: Double

  /// The percentile 0.5: one in 200 intensities is less.
  public let lower: Double

  /// The percentile 99.5: one in 200 intensities is greater.
  public let upper: Double

  /// Statistics that are known already, as from a file.
  public init(
    count: Int, mean: Double, deviation: Double, minimum: Double, maximum: Double,
    median: Double, lower: Double, upper: Double
  ) {
    self.count = count
    self.mean = mean
    self.deviation = deviation
    self.minimum = minimum
    self.maximum = maximum
    self.median = median
    self.lower = lower
    self.upper = upper
  }

  /// The statistics of `values`, or `nil` when there are none.
  ///
  /// - Complexity: O(n log n), because the values are sorted.
  public init?(of values: [Float]) {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    let count = Double(sorted.count)
    let mean = sorted.reduce(0.0) { $0 + Double($1) } / count
    let squares = sorted.reduce(0.0) { sum, value in
      let distance = Double(value) - mean
      return sum + distance * distance
    }
    self.init(
      count: sorted.count, mean: mean, deviation: (squares / count).squareRoot(),
      minimum: Double(sorted[0]), maximum: Double(sorted[sorted.count - 1]),
      median: Self.percentile(50, ofSorted: sorted),
      lower: Self.percentile(0.5, ofSorted: sorted),
      upper: Self.percentile(99.5, ofSorted: sorted))
  }

  /// The value that `percent` per cent of `sorted` do not exceed, interpolated between neighbours.
  ///
  /// Source: R. Hyndman, Y. Fan, "Sample Quantiles in Statistical Packages", 1996, definition 7
  /// (NumPy's default).
  ///
  /// - Precondition: `sorted` ascends and is not empty; `percent` is between 0 and 100.
  public static func percentile(_ percent: Double, ofSorted sorted: [Float]) -> Double {
    precondition(!sorted.isEmpty, "a percentile of no values")
    let rank = percent / 100 * Double(sorted.count - 1)
    let below = Int(rank)
    let above = min(below + 1, sorted.count - 1)
    let low = Double(sorted[below])
    return low + (rank - Double(below)) * (Double(sorted[above]) - low)
  }
}
