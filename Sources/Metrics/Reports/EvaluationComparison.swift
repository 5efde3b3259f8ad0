public import Imaging

/// Two evaluations of the same cases against the same references, case by case.
public struct EvaluationComparison: Equatable, Sendable {
  /// One metric of one region.
  public struct Row: Equatable, Sendable {
    public let region: Region
    public let metric: Metric
    public let comparison: PairedComparison
  }

  /// What the two are called.
  public let titles: [String]

  /// Every metric of every region that both have for at least one case.
  public let rows: [Row]

  /// Cases that only one of the two could compare.
  public let unpaired: [String]

  /// Where the second's masks were empty, a line for each region.
  let secondEmptyMaskLines: [String]

  public init(
    _ first: EvaluationSummary, titled firstTitle: String, with second: EvaluationSummary,
    titled secondTitle: String
  ) {
    titles = [firstTitle, secondTitle]
    secondEmptyMaskLines = second.emptyMaskLines
    let others = Dictionary(second.cases.map { ($0.name, $0) }) { first, _ in first }
    let pairs = first.cases.compactMap { report in others[report.name].map { (report, $0) } }
    let paired = Set(pairs.map(\.0.name))
    unpaired = Set(first.cases.map(\.name) + second.cases.map(\.name)).subtracting(paired).sorted()
    rows = first.regions.flatMap { region in
      first.options.metrics.compactMap { metric -> Row? in
        let numbers = pairs.compactMap { left, right -> (first: Double, second: Double)? in
          guard let one = left.value(of: metric, for: region, emptyMasks: first.convention),
            let two = right.value(of: metric, for: region, emptyMasks: first.convention)
          else { return nil }
          return (one, two)
        }
        return PairedComparison(numbers, bootstrap: first.bootstrap)
          .map { Row(region: region, metric: metric, comparison: $0) }
      }
    }
  }
}
