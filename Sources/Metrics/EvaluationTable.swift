import Foundation
import Imaging

extension EvaluationSummary {
  /// Dice per case and label with the means below, and the counts of empty masks, for a terminal.
  public func table() -> String {
    var table = TextTable(header: ["Dice"] + labels.map(\.name) + ["mean"])
    for report in cases {
      let scores = labels.map { convention(report.confusions[$0.value]?.dice) }
      table.add(
        [report.name]
          + (scores + [report.foregroundDice(emptyMasks: convention)]).map(Self.format))
    }
    table.addRule()
    table.add(["mean"] + (labels.map { meanDice(of: $0) } + [foregroundDice]).map(Self.format))
    return ([table.text] + notes()).joined(separator: "\n")
  }

  /// Several summaries of the same cases side by side: Dice of each case, then of each label.
  ///
  /// - Parameter columns: The summaries with their titles; the first one's labels make the rows.
  public static func comparison(of columns: [(title: String, summary: Self)]) -> String {
    guard let first = columns.first?.summary else { return "" }
    var table = TextTable(header: ["Dice"] + columns.map(\.title))
    for name in Set(columns.flatMap { $0.summary.cases.map(\.name) }).sorted() {
      let scores = columns.map { column in
        column.summary.cases.first { $0.name == name }?
          .foregroundDice(emptyMasks: column.summary.convention)
      }
      table.add([name] + scores.map(format))
    }
    table.addRule()
    for label in first.labels {
      table.add([label.name] + columns.map { format($0.summary.meanDice(of: label)) })
    }
    table.addRule()
    table.add(["mean"] + columns.map { format($0.summary.foregroundDice) })
    return table.text
  }

  /// The convention for empty masks, and where it mattered.
  private func notes() -> [String] {
    let empty = labels.compactMap { label -> String? in
      let counts = emptyMasks(of: label)
      guard counts.bothEmpty + counts.missed + counts.spurious > 0 else { return nil }
      return "  \(label.name): \(counts.bothEmpty) both empty, \(counts.missed) missed, "
        + "\(counts.spurious) spurious, of \(counts.cases) cases"
    }
    let rule = "Empty masks (where both are empty, the case is \(convention.summary)):"
    return [empty.isEmpty ? "No empty masks." : rule] + empty
  }

  /// Three digits behind the point, or a dash where there is no score.
  private static func format(_ score: Double?) -> String {
    score.map { String(format: "%.3f", $0) } ?? "–"
  }
}
