import Imaging

extension EvaluationSummary {
  /// One line per case and region with every number, for a spreadsheet or a statistics program.
  ///
  /// Separated by commas, with a header; a number that does not exist is an empty cell.
  public func spreadsheet() -> String {
    let example = cases.first.flatMap { report in regions.first.flatMap { report.regions[$0] } }
    let measured = options.metrics.map(\.key)
    let counted = example.map { EvaluationFile.numbers(of: $0, in: self).keys } ?? [:].keys
    let columns = measured + counted.filter { !measured.contains($0) }.sorted()
    var lines = [(["case", "region", "labels"] + columns).joined(separator: ",")]
    for report in cases {
      for region in regions {
        guard let part = report.regions[region] else { continue }
        let numbers = EvaluationFile.numbers(of: part, in: self)
        let cells = columns.map { column in (numbers[column] ?? nil).map(Self.cell) ?? "" }
        let names = [report.name, region.name, region.key].map(Self.quoted)
        lines.append((names + cells).joined(separator: ","))
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A number with all its digits, and no point when it is whole.
  private static func cell(_ number: Double) -> String {
    Int(exactly: number).map(String.init) ?? "\(number)"
  }

  private static func quoted(_ text: String) -> String {
    guard text.contains(where: { [",", "\"", "\n"].contains($0) }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
