public import Architecture
public import Torch

/// What ties the feature spaces of the modalities together: a term of the loss.
///
/// Each is a mean over the pairs of modalities, so that its weight means the same for two as for
/// five; a pair is compared over the samples that have both.
public enum CoordinationConstraint: Hashable, Sendable {
  /// One less the mean canonical correlation of the two batches; see ``CanonicalCorrelationLoss``.
  ///
  /// `regularization` is added to the diagonal of both covariances and must be positive when there
  /// may be no more samples than features.
  case canonicalCorrelation(regularization: Double = 1e-3)

  /// One less the mean cosine of the angle between two embeddings of a sample.
  case cosine

  /// Each embedding must find its partner among the batch; see ``ContrastiveLoss``.
  case contrastive(temperature: Double = 0.1)

  /// The cross-correlation of the features must be the identity; see ``RedundancyLoss``.
  case redundancyReduction(weight: Double = 5e-3)

  /// The constraint of that name, with its standard parameters.
  public init(_ name: Constraint) {
    switch name {
    case .canonicalCorrelation: self = .canonicalCorrelation()
    case .cosine: self = .cosine
    case .contrastive: self = .contrastive()
    case .redundancyReduction: self = .redundancyReduction()
    }
  }

  /// How far the embeddings are from obeying, a single number with a gradient.
  ///
  /// - Throws: ``TorchError``; when a covariance cannot be factored, it says which regularisation
  ///   was too small.
  public func loss(of embeddings: Embeddings) throws(TorchError) -> Tensor {
    switch self {
    case .canonicalCorrelation(let regularization):
      let loss = CanonicalCorrelationLoss(regularization: regularization)
      return try embeddings.meanOverPairs(fewest: 2) { (first, second) throws(TorchError) in
        try loss(first, second)
      }
    case .cosine:
      return try embeddings.meanOverPairs(fewest: 1) { (first, second) throws(TorchError) in
        try 1 - (first.unitRows() * second.unitRows()).sum(overAxes: [1]).mean()
      }
    case .contrastive(let temperature):
      let loss = ContrastiveLoss(temperature: temperature)
      return try embeddings.meanOverPairs(fewest: 2) { (first, second) throws(TorchError) in
        try loss(first, second)
      }
    case .redundancyReduction(let weight):
      let loss = RedundancyLoss(weight: weight)
      return try embeddings.meanOverPairs(fewest: 2) { (first, second) throws(TorchError) in
        try loss(first, second)
      }
    }
  }
}
