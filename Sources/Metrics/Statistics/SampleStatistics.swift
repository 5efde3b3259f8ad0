/// A sample of numbers in short.
public struct SampleStatistics: Equatable, Sendable {
  public let count: Int
  public let mean: Double

  /// The middle number, or the mean of the two in the middle.
  public let median: Double

  /// The standard deviation with *n* − 1 below; `nil` for one number.
  public let standardDeviation: Double?

  /// Where the mean would lie in 95 of 100 samples like this one; `nil` for one number.
  public let interval: ClosedRange<Double>?

  /// - Returns: `nil` for an empty sample.
  public init?(_ numbers: [Double], bootstrap: Bootstrap = Bootstrap()) {
    guard let mean = Metrics.mean(of: numbers) else { return nil }
    let sorted = numbers.sorted()
    let half = numbers.count / 2
    let squares = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    count = numbers.count
    self.mean = mean
    median = numbers.count % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
    standardDeviation = count > 1 ? (squares / Double(count - 1)).squareRoot() : nil
    interval = count > 1 ? bootstrap.interval(ofMean: numbers) : nil
  }
}

/// The mean of the numbers, or `nil` when there is none.
func mean(of numbers: [Double]) -> Double? {
  numbers.isEmpty ? nil : numbers.reduce(0, +) / Double(numbers.count)
}
