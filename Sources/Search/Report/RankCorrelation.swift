/// Do two scores order the same things alike?
public enum RankCorrelation {
  /// Spearman's rank correlation, ties sharing their mean rank.
  ///
  /// - Returns: −1...1; `nil` for fewer than three pairs, or when one score is constant.
  ///
  /// Source: C. Spearman, "The Proof and Measurement of Association between Two Things", 1904.
  public static func spearman(_ left: [Double], _ right: [Double]) -> Double? {
    precondition(left.count == right.count, "\(left.count) and \(right.count) values")
    guard left.count > 2 else { return nil }
    return pearson(ranks(of: left), ranks(of: right))
  }

  private static func ranks(of values: [Double]) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count && values[order[end]] == values[order[start]] { end += 1 }
      for place in start..<end { ranks[order[place]] = Double(start + end - 1) / 2 }
      start = end
    }
    return ranks
  }

  private static func pearson(_ left: [Double], _ right: [Double]) -> Double? {
    let count = Double(left.count)
    let means = (left.reduce(0, +) / count, right.reduce(0, +) / count)
    var products = 0.0
    var squares = (0.0, 0.0)
    for (a, b) in zip(left, right) {
      products += (a - means.0) * (b - means.1)
      squares.0 += (a - means.0) * (a - means.0)
      squares.1 += (b - means.1) * (b - means.1)
    }
    let scale = (squares.0 * squares.1).squareRoot()
    return scale > 0 ? products / scale : nil
  }
}
