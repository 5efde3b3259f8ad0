/// Leaving modalities out of training patches at random, so that a network learns to do without them.
///
/// Source: the training of M. Havaei et al., "HeMIS: Hetero-Modal Image Segmentation", MICCAI 2016, in
/// which modalities are dropped at random, with a curriculum.
public struct ModalityDropout: Codable, Hashable, Sendable {
  /// The probability with which each modality of a patch is left out, below 1; 0: never. A patch
  /// always keeps one at least: with 0.5 all subsets of what a case has are equally likely.
  public var probability = 0.0

  /// Over which share of the training the probability rises to this, linearly from 0.
  public var ramp = 0.0

  public init(probability: Double = 0, ramp: Double = 0) {
    self.probability = probability
    self.ramp = ramp
  }

  /// The probability at a step of a training of so many.
  public func probability(atStep step: Int, of steps: Int) -> Double {
    let rise = ramp * Double(steps)
    return Double(step) < rise ? probability * Double(step) / rise : probability
  }

  /// Leaves out each modality with a probability, but never all; drawn again where that would be.
  ///
  /// - Parameter present: Whether there is each modality to begin with.
  /// - Returns: Whether it is kept.
  static func kept(
    of present: [Bool], dropping probability: Double,
    using generator: inout some RandomNumberGenerator
  ) -> [Bool] {
    precondition(probability < 1, "a dropout of \(probability) would leave nothing")
    guard probability > 0, present.contains(true) else { return present }
    while true {
      let kept = present.map { isPresent in
        // Drawn for absent ones too, so that what a case lacks does not move the other draws.
        let isKept = Double.random(in: 0..<1, using: &generator) >= probability
        return isPresent && isKept
      }
      if kept.contains(true) { return kept }
    }
  }
}
