/// A table for terminals: the first column is text, the others are set flush right.
public struct TextTable: Equatable, Sendable {
  /// The column titles.
  public let header: [String]

  /// The rows; a row may be shorter than the header.
  public private(set) var rows: [[String]] = []

  /// The rows before which a rule is drawn.
  private var rules: Set<Int> = []

  public init(header: [String]) {
    self.header = header
  }

  /// Appends a row.
  public mutating func add(_ row: [String]) {
    rows.append(row)
  }

  /// Draws a rule under what has been added so far.
  public mutating func addRule() {
    rules.insert(rows.count)
  }

  /// The table, lines separated by line feeds, without one at the end.
  public var text: String {
    let all = [header] + rows
    let columns = all.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      all.map { $0.count > column ? $0[column].count : 0 }.max() ?? 0
    }
    let rule = String(repeating: "─", count: widths.reduce(0, +) + 2 * max(0, columns - 1))
    var lines = [line(header, widths), rule]
    for (index, row) in rows.enumerated() {
      if rules.contains(index) { lines.append(rule) }
      lines.append(line(row, widths))
    }
    return lines.joined(separator: "\n")
  }

  private func line(_ row: [String], _ widths: [Int]) -> String {
    var line = ""
    for (column, cell) in row.enumerated() {
      let filling = String(repeating: " ", count: widths[column] - cell.count)
      if column == 0 {
        line += row.count == 1 ? cell : cell + filling
      } else {
        line += "  " + filling + cell
      }
    }
    return line
  }
}
