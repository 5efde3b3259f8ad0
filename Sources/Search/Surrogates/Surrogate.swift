/// Guesses the score of candidates that were not tried from those that were.
///
/// It sees a candidate only as numbers, so it serves any space.
public protocol Surrogate {
  /// Learns from examples; what was learnt before is replaced.
  ///
  /// - Parameters:
  ///   - features: One list of numbers per example, all of one length.
  ///   - scores: One per example, higher is better; about zero mean and unit variance.
  mutating func fit(_ features: [[Double]], scores: [Double])

  /// What the score is expected to be, and how far off a new one may be, noise included.
  ///
  /// - Precondition: ``fit(_:scores:)`` was called with features of the same length.
  func predict(_ features: [Double]) -> (mean: Double, deviation: Double)
}
