/// The estimators that a pipeline can name.
public enum EstimatorName: String, Codable, CaseIterable, Sendable {
  /// A training of its own.
  case training

  /// The weights that a supernet has for it.
  case sharedWeights

  /// What can be said of it before it is trained.
  case proxy
}
