import Foundation

/// The samples of Tests/Reference/probe_values.py.
enum ProbeSamples {
  static let rows = (0..<24).map { row in
    (0..<4).map { column in
      let (i, j) = (Double(row), Double(column))
      return sin(0.7 * i + 1.3 * j + 0.2 * i * j)
    }
  }

  static let classes = (0..<24).map { ($0 * $0 + $0 / 5) % 3 }

  static let targets = rows.indices.map { 10 + cos(0.9 * Double($0)) + rows[$0][1] }
}
