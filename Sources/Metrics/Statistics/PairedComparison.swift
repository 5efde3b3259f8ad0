/// Two series of numbers about the same cases: which is higher, by how much, and how sure that is.
public struct PairedComparison: Equatable, Sendable {
  public let first: SampleStatistics
  public let second: SampleStatistics

  /// First minus second, case by case.
  public let difference: SampleStatistics

  /// Cases where the first is higher.
  public let firstIsHigher: Int

  /// Cases where the second is higher.
  public let secondIsHigher: Int

  /// `nil` when all cases are equal.
  public let test: WilcoxonTest?

  /// - Returns: `nil` without cases.
  public init?(_ pairs: [(first: Double, second: Double)], bootstrap: Bootstrap = Bootstrap()) {
    let differences = pairs.map { $0.first - $0.second }
    guard let first = SampleStatistics(pairs.map(\.first), bootstrap: bootstrap),
      let second = SampleStatistics(pairs.map(\.second), bootstrap: bootstrap),
      let difference = SampleStatistics(differences, bootstrap: bootstrap)
    else { return nil }
    (self.first, self.second, self.difference) = (first, second, difference)
    firstIsHigher = differences.count { $0 > 0 }
    secondIsHigher = differences.count { $0 < 0 }
    test = WilcoxonTest(differences: differences)
  }
}
