import Foundation

/// What one contestant reached over all seeds, printed as a line of JSON.
struct Summary: Encodable {
  let strategy: String

  /// `seconds` (simulated) or `trials`.
  let budget: String

  let limit: Double

  /// What the values are: the table's column, in per cent.
  let report: String

  let seeds: Int
  let mean: Double
  let deviation: Double
  let standardError: Double
  let trials: Double

  /// - Parameters:
  ///   - values: What each seed reached.
  ///   - trials: How many trials each seed had.
  init(
    _ strategy: String, budget: String, limit: Double, report: String, values: [Double],
    trials: [Int]
  ) {
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let deviation = (squares / max(count - 1, 1)).squareRoot()
    self.strategy = strategy
    self.budget = budget
    self.limit = limit
    self.report = report
    seeds = values.count
    self.mean = Self.rounded(mean)
    self.deviation = Self.rounded(deviation)
    standardError = Self.rounded(deviation / count.squareRoot())
    self.trials = Self.rounded(Double(trials.reduce(0, +)) / count)
  }

  func write() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    try FileHandle.standardOutput.write(contentsOf: encoder.encode(self) + Data("\n".utf8))
  }

  private static func rounded(_ value: Double) -> Double { (value * 10_000).rounded() / 10_000 }
}
