import Foundation
import Imaging

extension EvaluationComparison {
  /// The main metrics of every region side by side with their difference, for a terminal.
  ///
  /// - Parameter metrics: Which rows to show.
  public func table(of metrics: [Metric]) -> String {
    let difference = "\(titles[0]) − \(titles[1])"
    var table = TextTable(
      header: ["region", "metric", "n", titles[0], titles[1], difference, "95 % interval", "p"])
    var last = rows.first?.region
    for row in rows where metrics.contains(row.metric) {
      if row.region != last { table.addRule() }
      last = row.region
      let (metric, comparison) = (row.metric, row.comparison)
      let interval = comparison.difference.interval.map {
        "\(metric.format($0.lowerBound)) to \(metric.format($0.upperBound))"
      }
      table.add([
        row.region.name, metric.title, String(comparison.difference.count),
        metric.format(comparison.first.mean), metric.format(comparison.second.mean),
        metric.format(comparison.difference.mean), interval ?? "–",
        Self.probability(comparison.test?.pValue),
      ])
    }
    var lines = [
      table.text,
      "Case by case; the interval of the mean difference by bootstrap, p by Wilcoxon's signed-rank",
      "test (two-sided, not corrected for the number of rows).",
    ]
    if !secondEmptyMaskLines.isEmpty {
      lines += ["Empty masks of \(titles[1]):"] + secondEmptyMaskLines
    }
    if !unpaired.isEmpty {
      lines.append("Left out, because only one has them: \(unpaired.joined(separator: ", ")).")
    }
    return lines.joined(separator: "\n")
  }

  private static func probability(_ value: Double?) -> String {
    guard let value else { return "–" }
    return value < 0.0001 ? "< 0.0001" : String(format: "%.4f", value)
  }
}
