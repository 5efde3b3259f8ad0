import Architecture
import Randomness
import Training

/// Trains a candidate from where the training of its parent ended.
///
/// The child begins with the weights of its parent whose names and shapes agree, and with fresh ones
/// elsewhere; the state of the optimiser and the place in the fall of the learning rate are not inherited.
/// Every trial sees batches of its own, drawn from the seed and its number.
///
/// Source: E. Real et al., "Large-Scale Evolution of Image Classifiers", ICML 2017, section 3.5.
struct InheritingEstimator: ScalableEstimator {
  typealias Candidate = NetworkDesign

  private let base: TrainingEstimator
  private let pool: WeightPool
  private let seed: UInt64

  init(_ base: TrainingEstimator, pool: WeightPool, seed: UInt64) {
    self.base = base
    self.pool = pool
    self.seed = seed
  }

  func estimate(_ candidate: NetworkDesign, with effort: Effort) throws -> Estimate {
    guard let lineage = effort.lineage else {
      // It is of the random search that the search is compared with.
      return try base.estimate(candidate, seed: seed, share: effort.share).estimate
    }
    var inherited: Double?
    var batches = SplitMix64(seed: seed, stream: RandomStream.descendants - UInt64(lineage.trial))
    var estimate = try base.estimate(
      candidate, seed: seed, batches: lineage.parent == nil ? seed : batches.next(),
      share: effort.share,
      onStart: { network in
        inherited = try lineage.parent.map { try pool.inherit(network, fromTrial: $0) }
      },
      onEnd: { try pool.save($0, ofTrial: lineage.trial) }
    ).estimate
    estimate.inherited = inherited
    return estimate
  }
}
