/// How many bytes a training step takes at its peak, worked out without building anything.
///
/// At the end of the forward pass everything is there that the backward pass reads, for every patch of the
/// batch; then come the first gradients, of the finest features. Beside that there are the weights, their
/// gradients and what the optimiser keeps of each.
public enum TrainingMemory {
  /// What a step takes for every byte of features that is worked out: gradients that wait for each other, the
  /// scratch memory of layers and the gaps between blocks of memory come on top.
  ///
  /// Measured, not derived: 52 trainings of fusions and chains on patches of 32³ and 48³ grew by 1.1 to 1.9 times
  /// what is worked out, 1.53 times in the median (docs/search-results.md).
  static let overhead = 1.5

  /// What a training does that memory depends on.
  public struct Conditions: Hashable, Sendable {
    /// Depth, height and width of the patches, in voxels.
    public let patch: [Int]

    /// The patches of a step.
    public let batch: Int

    /// How many numbers the optimiser keeps of every weight: 2 for AdamW, 1 for SGD with momentum.
    public let moments: Int

    /// Whether there is a loss at the coarser levels of the decoder too.
    public let deepSupervision: Bool

    public init(patch: [Int], batch: Int, moments: Int = 2, deepSupervision: Bool = false) {
      precondition(
        patch.count == 3 && patch.allSatisfy { $0 > 0 } && batch > 0 && moments >= 0,
        "\(batch) patches of \(patch), \(moments) moments")
      self.patch = patch
      self.batch = batch
      self.moments = moments
      self.deepSupervision = deepSupervision
    }
  }

  /// The bytes at the peak of a step.
  ///
  /// - Precondition: A fused design has a cell for every level.
  public static func bytes(
    of design: NetworkDesign, topology: Topology, under conditions: Conditions
  ) -> Double {
    let cost = Cost.of(design, topology: topology, patch: conditions.patch)
    var kept = KeptFeatures()
    let (classes, patch) = (topology.classes, conditions.patch)
    switch design {
    case .fused, .early, .single:
      kept.addPyramid(design, topology: topology, under: conditions)
    case .chain(let names, let genotype):
      genotype.keep(in: &kept, inputs: names.count, classes: classes, patch: patch)
    case .branched(let names, let genotype):
      genotype.keep(in: &kept, inputs: names.count, classes: classes, patch: patch)
    }
    return bytes(keeping: kept, parameters: cost.parameters, under: conditions)
  }

  static func bytes(
    keeping kept: KeptFeatures, parameters: Int, under conditions: Conditions
  ) -> Double {
    let features = overhead * Double(conditions.batch) * (kept.floats + kept.passing)
    // The weights and their gradients, and the optimiser's numbers.
    return 4 * (features + Double(parameters) * Double(2 + conditions.moments))
  }
}
