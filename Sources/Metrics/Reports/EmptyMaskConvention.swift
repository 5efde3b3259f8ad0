/// What a metric is worth where prediction, reference or both are empty and it is not defined.
///
/// When exactly one mask is empty, overlaps need no rule: they are 0. Sensitivity without a reference
/// and precision without a prediction are always left out.
public enum EmptyMaskConvention: String, CaseIterable, Hashable, Sendable {
  /// There is no number; the case is left out of the mean, as nnU-Net does.
  case nan

  /// Rightly finding nothing is perfect: score 1, distance 0. The distance to nothing is left out.
  ///
  /// Source: L. Maier-Hein et al., "Metrics reloaded", Nature Methods 21, 2024.
  case one

  /// Nothing found is nothing gained: score 0. Distances are left out.
  case zero

  /// Rightly finding nothing is perfect: score 1, distance 0. The distance to nothing is the
  /// diagonal of the image, so that a model cannot gain by finding less.
  ///
  /// Source: the BraTS challenge, where the diagonal is 373.13 mm.
  case penalty

  /// What counts when both masks are empty and the metric is not defined.
  public func whenBothEmpty(_ kind: Metric.Kind) -> Double? {
    switch (self, kind) {
    case (.nan, _), (_, .volume), (.zero, .distance): nil
    case (.one, .score), (.penalty, .score): 1
    case (.one, .distance), (.penalty, .distance), (.zero, .score): 0
    }
  }

  /// What counts when one mask is empty and the metric is not defined.
  ///
  /// - Parameter diagonal: That of the image, in millimetres.
  public func whenOneEmpty(_ kind: Metric.Kind, diagonal: Double) -> Double? {
    self == .penalty && kind == .distance ? diagonal : nil
  }

  /// The rule in words, for the line under a table.
  public var summary: String {
    switch self {
    case .nan: "where both are empty, the case is left out of the means"
    case .one: "where both are empty, scores are 1 and distances 0"
    case .zero: "where both are empty, scores are 0"
    case .penalty:
      "where both are empty, scores are 1 and distances 0; where one is, the distance is the "
        + "image's diagonal"
    }
  }

  /// Whether the distance from a mask to an empty one is left out.
  var leavesDistancesOut: Bool { self != .penalty }
}
