import Foundation
import Imaging

/// How good a network's masks are from each subset of its modalities.
public struct SubsetReport: Equatable, Sendable {
  /// What the masks of one subset were found to be.
  public struct Row: Equatable, Sendable {
    public let modalities: [String]
    public let summary: EvaluationSummary

    public init(modalities: [String], summary: EvaluationSummary) {
      self.modalities = modalities
      self.summary = summary
    }

    /// `ct+mri`
    public var title: String { modalities.joined(separator: "+") }

    /// The mean Dice over the structures; `nil` when no case has all of the modalities.
    public var dice: Double? { summary.foregroundMean(of: .dice) }
  }

  /// The subsets; the last one holds all modalities.
  public let rows: [Row]

  public init(rows: [Row]) {
    self.rows = rows
  }

  /// The mean over the subsets of their mean Dice; `nil` when none has one.
  public var mean: Double? { Metrics.mean(of: rows.compactMap(\.dice)) }

  /// The subset with the lowest mean Dice.
  public var worst: Row? {
    rows.filter { $0.dice != nil }.min { ($0.dice ?? 0) < ($1.dice ?? 0) }
  }

  /// The mean over the subsets as a share of the Dice with all modalities.
  public var kept: Double? {
    guard let mean, let full = rows.last?.dice, full > 0 else { return nil }
    return mean / full
  }

  /// A line per subset with the Dice of each structure, then the mean and the worst over the subsets.
  public func table() -> String {
    let regions = rows.last?.summary.regions ?? []
    var table = TextTable(header: ["Dice", "cases"] + regions.map(\.name) + ["mean"])
    func cells(_ row: Row) -> [Double?] {
      regions.map { row.summary.mean(of: .dice, for: $0) } + [row.dice]
    }
    for row in rows {
      table.add(
        [row.title, String(row.summary.cases.count)] + cells(row).map(Metric.dice.format))
    }
    table.addRule()
    let columns = rows.map(cells)
    let means = (0...regions.count).map { column in
      Metrics.mean(of: columns.compactMap { $0[column] })
    }
    table.add(["mean", ""] + means.map(Metric.dice.format))
    if let worst {
      table.add(
        ["worst: \(worst.title)", String(worst.summary.cases.count)]
          + cells(worst).map(Metric.dice.format))
    }
    guard let kept else { return table.text }
    return table.text
      + String(
        format: "\n\nThe mean over the subsets is %.1f %% of the Dice with all modalities.",
        100 * kept)
  }
}

extension SubsetReport: Encodable {
  private enum CodingKeys: String, CodingKey {
    case subsets, mean, worst, kept
  }

  private struct Entry: Encodable {
    let modalities: [String]
    let cases: [String]
    let dice: Double?
    let diceByLabel: [String: Double]
    let failures: [EvaluationSummary.Failure]

    private enum CodingKeys: String, CodingKey {
      case modalities, cases, dice, diceByLabel, failures
    }

    init(_ row: Row) {
      modalities = row.modalities
      cases = row.summary.cases.map(\.name)
      dice = row.dice
      let named = row.summary.regions.compactMap { region in
        row.summary.mean(of: .dice, for: region).map { (region.name, $0) }
      }
      diceByLabel = Dictionary(named) { first, _ in first }
      failures = row.summary.failures
    }

    /// Dice that does not exist is `null`.
    func encode(to encoder: any Encoder) throws {
      var fields = encoder.container(keyedBy: CodingKeys.self)
      try fields.encode(modalities, forKey: .modalities)
      try fields.encode(cases, forKey: .cases)
      try fields.encode(dice, forKey: .dice)
      try fields.encode(diceByLabel, forKey: .diceByLabel)
      try fields.encode(failures, forKey: .failures)
    }
  }

  /// Every subset with its cases and its Dice, then the mean and the worst over the subsets.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(rows.map(Entry.init), forKey: .subsets)
    try fields.encode(mean, forKey: .mean)
    try fields.encode(worst.map(Entry.init), forKey: .worst)
    try fields.encode(kept, forKey: .kept)
  }
}
