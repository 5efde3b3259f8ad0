/// From which modalities a network is scored.
public enum SubsetScore: String, Codable, CaseIterable, Hashable, Sendable {
  /// From all that a case has.
  case full

  /// The mean over every subset of the modalities.
  case mean

  /// The worst of every subset of the modalities.
  case worst

  /// One score of those of the subsets, of which there is one or more; 0 for none.
  func combine(_ scores: [Double]) -> Double {
    switch self {
    case .full, .mean: scores.isEmpty ? 0 : scores.reduce(0, +) / Double(scores.count)
    case .worst: scores.min() ?? 0
    }
  }
}
