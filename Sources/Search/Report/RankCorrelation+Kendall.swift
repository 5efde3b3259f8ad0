extension RankCorrelation {
  /// Kendall's rank correlation τ-b: how many more pairs two scores order alike than in opposite ways, over
  /// the pairs that neither score ties.
  ///
  /// - Returns: −1...1; `nil` for fewer than three values, or when one score is constant.
  /// - Complexity: O(*n* log *n*) in the number of values.
  ///
  /// Source: M. Kendall, "The Treatment of Ties in Ranking Problems", Biometrika 33, 1945; counted as by
  /// W. Knight, "A Computer Method for Calculating Kendall's Tau with Ungrouped Data", Journal of the
  /// American Statistical Association 61, 1966.
  public static func kendall(_ left: [Double], _ right: [Double]) -> Double? {
    precondition(left.count == right.count, "\(left.count) and \(right.count) values")
    guard left.count > 2 else { return nil }
    let order = left.indices.sorted { (left[$0], right[$0]) < (left[$1], right[$1]) }
    let firsts = order.map { left[$0] }
    var seconds = order.map { right[$0] }
    let tiedOnLeft = tiedPairs(inRunsOf: order) { firsts[$0] == firsts[$1] }
    let tiedOnBoth = tiedPairs(inRunsOf: order) {
      firsts[$0] == firsts[$1] && right[order[$0]] == right[order[$1]]
    }
    // Those that are tied on the left are in order on the right, and so no inversion.
    let discordant = sortCountingInversions(&seconds)
    let tiedOnRight = tiedPairs(inRunsOf: seconds) { seconds[$0] == seconds[$1] }
    let pairs = pairs(of: left.count)
    let scale = ((pairs - tiedOnLeft) * (pairs - tiedOnRight)).squareRoot()
    let concordant = pairs - tiedOnLeft - tiedOnRight + tiedOnBoth - discordant
    return scale > 0 ? (concordant - discordant) / scale : nil
  }

  private static func pairs(of count: Int) -> Double { Double(count) * Double(count - 1) / 2 }

  /// The pairs within runs of equal neighbours.
  ///
  /// - Parameter areEqual: Whether the values at two neighbouring places are.
  private static func tiedPairs(
    inRunsOf values: [some Any], areEqual: (Int, Int) -> Bool
  ) -> Double {
    var total = 0.0
    var run = 1
    for place in values.indices.dropFirst() {
      if areEqual(place - 1, place) {
        run += 1
      } else {
        total += pairs(of: run)
        run = 1
      }
    }
    return total + pairs(of: run)
  }

  /// Sorts by merging, and returns how many pairs stood the wrong way round.
  private static func sortCountingInversions(_ values: inout [Double]) -> Double {
    guard values.count > 1 else { return 0 }
    var left = Array(values[..<(values.count / 2)])
    var right = Array(values[(values.count / 2)...])
    var inversions = sortCountingInversions(&left) + sortCountingInversions(&right)
    var (fromLeft, fromRight) = (0, 0)
    for place in values.indices {
      let isLeftNext =
        fromRight == right.count || fromLeft < left.count && left[fromLeft] <= right[fromRight]
      if isLeftNext {
        values[place] = left[fromLeft]
        fromLeft += 1
      } else {
        values[place] = right[fromRight]
        fromRight += 1
        inversions += Double(left.count - fromLeft)
      }
    }
    return inversions
  }
}
