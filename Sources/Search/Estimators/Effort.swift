/// How much work an estimate is given.
public struct Effort: Codable, Hashable, Sendable {
  /// The part of the full work, above 0 and at most 1.
  public var share: Double

  /// The best score so far with the same share; a candidate that will hardly reach it need not be
  /// finished.
  public var toBeat: Double?

  /// Which trial this is and whose child; `nil` where nothing is inherited.
  public var lineage: Lineage?

  public init(share: Double = 1, toBeat: Double? = nil) {
    precondition(share > 0 && share <= 1, "a share of \(share), expected above 0 and at most 1")
    self.share = share
    self.toBeat = toBeat
  }
}
