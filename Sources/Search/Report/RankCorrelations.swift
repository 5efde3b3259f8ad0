import Foundation

/// Both rank correlations of two scores, as a report prints them.
public struct RankCorrelations: Codable, Hashable, Sendable {
  public let spearman: Double

  /// τ-b.
  public let kendall: Double

  /// `nil` for fewer than three pairs, or when one score is constant.
  public init?(_ left: [Double], _ right: [Double]) {
    guard let spearman = RankCorrelation.spearman(left, right),
      let kendall = RankCorrelation.kendall(left, right)
    else { return nil }
    self.spearman = spearman
    self.kendall = kendall
  }
}

extension RankCorrelations: CustomStringConvertible {
  /// Such as `Spearman 0.80, Kendall 0.67`.
  public var description: String {
    String(format: "Spearman %.2f, Kendall %.2f", spearman, kendall)
  }
}
