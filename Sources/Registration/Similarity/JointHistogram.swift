import Foundation

/// How often which intensity of one scan meets which of another, as parts of 1.
struct JointHistogram {
  /// The parts, `bins` × `bins`, the fixed scan's bins along rows.
  let parts: [Double]

  private let rows: [Double]
  private let columns: [Double]
  private let bins: Int

  /// Creates a histogram from parts whose sum is 1.
  init(_ parts: [Double], bins: Int) {
    precondition(parts.count == bins * bins, "\(parts.count) parts for \(bins) × \(bins) bins")
    (self.parts, self.bins) = (parts, bins)
    rows = (0..<bins).map { row in parts[row * bins..<(row + 1) * bins].reduce(0, +) }
    columns = (0..<bins).map { column in
      (0..<bins).reduce(0) { $0 + parts[$1 * bins + column] }
    }
  }

  /// `(H(rows) + H(columns)) / H(both)`; `nil` when all is in one bin, where it is 0/0.
  var normalizedMutualInformation: Double? {
    let joint = Self.entropy(parts)
    return joint > 0 ? (Self.entropy(rows) + Self.entropy(columns)) / joint : nil
  }

  /// What each part changes in it, but for a constant; 0 where there is nothing.
  var slopes: [Double] {
    let joint = Self.entropy(parts)
    guard joint > 0, let value = normalizedMutualInformation else {
      return Array(repeating: 0, count: parts.count)
    }
    let (rowLogs, columnLogs) = (rows.map(Self.log), columns.map(Self.log))
    return parts.indices.map { index in
      guard parts[index] > 0 else { return 0 }
      let separate = rowLogs[index / bins] + columnLogs[index % bins]
      return (value * Self.log(parts[index]) - separate) / joint
    }
  }

  /// In nats.
  private static func entropy(_ parts: [Double]) -> Double {
    -parts.reduce(0) { $0 + $1 * log($1) }
  }

  private static func log(_ part: Double) -> Double { part > 0 ? Foundation.log(part) : 0 }
}
