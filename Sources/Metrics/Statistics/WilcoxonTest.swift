import Foundation

/// The signed-rank test: how probable differences like these are when their signs are chance.
///
/// Differences of 0 are left out, and equal ones share the mean of their ranks. Up to 50 differences
/// the probability is exact, for the ranks as they are, ties included; beyond, it is that of a
/// normal distribution with a correction for ties and none for continuity.
///
/// Source: F. Wilcoxon, "Individual Comparisons by Ranking Methods", Biometrics Bulletin 1(6), 1945.
public struct WilcoxonTest: Equatable, Sendable {
  /// The differences that are not 0.
  public let count: Int

  /// The sum of the ranks of the positive differences.
  public let positiveRankSum: Double

  /// The probability of rank sums at least this uneven, to either side.
  public let pValue: Double

  /// The greatest number of differences for which the probability is exact.
  private static let exactLimit = 50

  /// - Returns: `nil` when no difference is other than 0.
  public init?(differences: [Double]) {
    let differences = differences.filter { $0 != 0 }.sorted { abs($0) < abs($1) }
    guard !differences.isEmpty else { return nil }
    // Twice the ranks, so that a mean of two is a whole number.
    var ranks: [Int] = []
    while ranks.count < differences.count {
      let size = abs(differences[ranks.count])
      let ties = differences[ranks.count...].prefix { abs($0) == size }.count
      ranks += Array(repeating: 2 * ranks.count + ties + 1, count: ties)
    }
    let sum = zip(ranks, differences).reduce(0) { $1.1 > 0 ? $0 + $1.0 : $0 }
    count = differences.count
    positiveRankSum = Double(sum) / 2
    pValue =
      count <= Self.exactLimit
      ? Self.exactProbability(of: sum, ranks: ranks)
      : Self.normalProbability(of: sum, ranks: ranks)
  }

  /// By counting the signs that give each sum.
  private static func exactProbability(of sum: Int, ranks: [Int]) -> Double {
    let total = ranks.reduce(0, +)
    var ways = [Double](repeating: 0, count: total + 1)
    ways[0] = 1
    for rank in ranks {
      for place in stride(from: total, through: rank, by: -1) { ways[place] += ways[place - rank] }
    }
    let all = pow(2, Double(ranks.count))
    let (low, high) = (ways[...sum].reduce(0, +) / all, ways[sum...].reduce(0, +) / all)
    return min(1, 2 * min(low, high))
  }

  private static func normalProbability(of sum: Int, ranks: [Int]) -> Double {
    let total = ranks.reduce(0, +)
    // Of twice the ranks: the variance of a sign's contribution is a quarter of the rank's square.
    let variance = ranks.reduce(0.0) { $0 + Double($1) * Double($1) } / 4
    let deviation = abs(Double(sum) - Double(total) / 2) / variance.squareRoot()
    return erfc(deviation / 2.0.squareRoot())
  }
}
