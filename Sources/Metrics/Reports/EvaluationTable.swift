import Foundation
import Imaging

extension EvaluationSummary {
  /// With more regions than this, a column for each does not fit on a terminal.
  private static let columns = 8

  /// Dice per case and region, the statistics of every main metric per region, and the counts of
  /// empty masks, for a terminal.
  public func table() -> String {
    let isNarrow = regions.count <= Self.columns
    var parts = isNarrow ? [casesTable().text] : []
    if !cases.isEmpty { parts.append((isNarrow ? statisticsTable() : meansTable()).text) }
    return (parts + [notes().joined(separator: "\n")]).joined(separator: "\n\n")
  }

  /// Dice of every case and region, and their means.
  private func casesTable() -> TextTable {
    var table = TextTable(header: ["Dice"] + regions.map(\.name) + ["mean"])
    for report in cases {
      let scores = regions.map { report.value(of: .dice, for: $0, emptyMasks: convention) }
      let cells = scores + [foregroundMean(of: .dice, in: report)]
      table.add([report.name] + cells.map(Metric.dice.format))
    }
    table.addRule()
    let means = regions.map { mean(of: .dice, for: $0) } + [foregroundMean(of: .dice)]
    table.add(["mean"] + means.map(Metric.dice.format))
    return table
  }

  /// Every main metric of every region over the cases.
  private func statisticsTable() -> TextTable {
    let interval = "\(Int(bootstrap.level * 100)) % interval"
    var table = TextTable(header: ["region", "metric", "n", "mean", interval, "median", "sd"])
    for (index, region) in regions.enumerated() {
      if index > 0 { table.addRule() }
      for metric in options.mainMetrics {
        let statistics = statistics(of: metric, for: region)
        let interval = statistics?.interval.map {
          "\(metric.format($0.lowerBound)) to \(metric.format($0.upperBound))"
        }
        table.add([
          region.name, metric.title, String(statistics?.count ?? 0),
          metric.format(statistics?.mean), interval ?? "–", metric.format(statistics?.median),
          metric.format(statistics?.standardDeviation),
        ])
      }
    }
    return table
  }

  /// The means of many regions, a line for each.
  private func meansTable() -> TextTable {
    let metrics = options.mainMetrics
    var table = TextTable(header: ["mean over cases", "n"] + metrics.map(\.title))
    for region in regions {
      let means = metrics.map { $0.format(mean(of: $0, for: region)) }
      table.add([region.name, String(values(of: .dice, for: region).count)] + means)
    }
    table.addRule()
    let means = metrics.map { $0.format(foregroundMean(of: $0)) }
    table.add(["mean", String(cases.count)] + means)
    return table
  }

  /// What the numbers mean, and where masks were empty.
  private func notes() -> [String] {
    var lines: [String] = []
    if let surfaces = options.surfaces { lines.append("Surfaces: \(surfaces.summary).") }
    if let lesions = options.lesions {
      lines.append(
        "Lesions: voxels with common \(lesions.connectivity.rawValue), "
          + "from \(Int(lesions.minimumVolume)) mm³.")
    }
    let empty = emptyMaskLines
    guard !empty.isEmpty else { return lines + ["No empty masks."] }
    lines += ["Empty masks (\(convention.summary)):"] + empty
    let hasGap = regions.contains {
      let counts = emptyMasks(of: $0)
      return counts.missed + counts.spurious > 0
    }
    if hasGap, options.surfaces != nil, convention.leavesDistancesOut {
      lines.append(
        "Distances leave out what is missed or spurious; --empty penalty counts the diagonal.")
    }
    return lines
  }

  /// Where masks were empty, a line for each region.
  var emptyMaskLines: [String] {
    regions.compactMap { region in
      let counts = emptyMasks(of: region)
      guard counts.bothEmpty + counts.missed + counts.spurious > 0 else { return nil }
      return "  \(region.name): \(counts.bothEmpty) both empty, \(counts.missed) missed, "
        + "\(counts.spurious) spurious, of \(counts.cases) cases"
    }
  }

  /// Several summaries of the same cases side by side: Dice of each case, then of each region.
  ///
  /// - Parameter columns: The summaries with their titles; the first one's regions make the rows.
  public static func comparison(of columns: [(title: String, summary: Self)]) -> String {
    guard let first = columns.first?.summary else { return "" }
    var table = TextTable(header: ["Dice"] + columns.map(\.title))
    for name in Set(columns.flatMap { $0.summary.cases.map(\.name) }).sorted() {
      let scores = columns.map { column in
        column.summary.cases.first { $0.name == name }
          .flatMap { column.summary.foregroundMean(of: .dice, in: $0) }
      }
      table.add([name] + scores.map(Metric.dice.format))
    }
    table.addRule()
    for region in first.regions {
      let means = columns.map { $0.summary.mean(of: .dice, for: region) }
      table.add([region.name] + means.map(Metric.dice.format))
    }
    table.addRule()
    table.add(["mean"] + columns.map { Metric.dice.format($0.summary.foregroundMean(of: .dice)) })
    return table.text
  }
}
