/// By what the feature spaces of several modalities are tied together; `Networks` has the formulas.
public enum Constraint: String, Codable, CaseIterable, Hashable, Sendable {
  /// The features correlate as fully as linear maps can make them (deep CCA).
  case canonicalCorrelation

  /// The features of one place point into the same direction.
  case cosine

  /// The features of one place find each other among those of other places (InfoNCE).
  case contrastive

  /// Each feature correlates with its own partner and with no other (Barlow Twins).
  case redundancyReduction
}

extension Constraint {
  public init(from decoder: any Decoder) throws {
    self = try decoder.decodeName(of: "constraint")
  }

  /// The name in one-line descriptions.
  public var title: String {
    switch self {
    case .canonicalCorrelation: "cca"
    case .cosine: "cosine"
    case .contrastive: "contrastive"
    case .redundancyReduction: "redundancy"
    }
  }
}
