/// What a score is worth when prediction and reference are both empty, where Dice is 0/0.
///
/// When only one of the two is empty there is nothing to choose: the overlap is zero and so is the
/// score.
public enum EmptyMaskConvention: String, CaseIterable, Hashable, Sendable {
  /// There is no score; the case is left out of the mean, as nnU-Net does.
  case nan

  /// Rightly finding nothing is perfect: 1, as Metrics Reloaded and the BraTS challenge do.
  case one

  /// Nothing found is nothing gained: 0.
  case zero

  /// The score that counts, or `nil` when the case is left out.
  ///
  /// - Parameter score: `nil` when both masks are empty.
  public func callAsFunction(_ score: Double?) -> Double? {
    if let score { return score }
    return switch self {
    case .nan: nil
    case .one: 1
    case .zero: 0
    }
  }

  /// The rule in words, for the line under a table.
  public var summary: String {
    switch self {
    case .nan: "left out of the means"
    case .one: "counted as 1"
    case .zero: "counted as 0"
    }
  }
}
