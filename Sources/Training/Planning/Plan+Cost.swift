public import Architecture

extension Plan {
  /// What a network of the plan costs in one forward pass of one patch.
  public func cost(of design: NetworkDesign) -> Cost {
    Cost.of(design, topology: topology, patch: patchShape)
  }

  /// The bytes that a step of its training takes at its peak, foretold without building it.
  public func trainingMemory(of design: NetworkDesign, under options: TrainingOptions) -> Double {
    TrainingMemory.bytes(
      of: design, topology: topology,
      under: .init(
        patch: patchShape, batch: batchSize, moments: options.optimizer == .adamw ? 2 : 1,
        deepSupervision: options.deepSupervision))
  }
}
