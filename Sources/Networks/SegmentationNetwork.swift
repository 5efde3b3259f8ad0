public import Architecture
public import Torch

/// The whole network of a design: from one image per modality to one score per class and voxel.
public struct SegmentationNetwork: Module {
  public let design: NetworkDesign

  /// What fused, early and single designs are built on; of others it decides the classes alone.
  public let topology: Topology

  /// What a design is built as.
  private enum Trunk {
    case pyramid(PyramidNetwork)
    case chain(ChainNetwork)
    case branched(BranchedNetwork)
  }

  private let trunk: Trunk

  /// Builds a network with random weights.
  ///
  /// - Throws: `TorchError` when memory runs out, or the design does not fit the topology.
  public init(
    design: NetworkDesign, topology: Topology, using generator: inout some RandomNumberGenerator
  ) throws(TorchError) {
    do {
      try design.check(topology: topology)
    } catch {
      throw TorchError(operation: "building the network '\(design.title)'", reason: "\(error)")
    }
    self.design = design
    self.topology = topology
    trunk =
      switch design {
      case .fused, .early, .single:
        .pyramid(try PyramidNetwork(design: design, topology: topology, using: &generator))
      case .chain(let names, let genotype):
        .chain(
          try ChainNetwork(
            genotype, inputs: names.count, classes: topology.classes, using: &generator))
      case .branched(let names, let genotype):
        .branched(
          try BranchedNetwork(
            genotype, inputs: names.count, classes: topology.classes, using: &generator))
      }
  }

  /// The logits of a batch of patches.
  ///
  /// - Parameters:
  ///   - inputs: One tensor `[batch, 1, depth, height, width]` per modality of the design, in its
  ///     order; each axis is a multiple of the topology's reduction, but of any length for a chain or a
  ///     branched network.
  ///   - presence: Which images have which modality; `nil`: all have all. In a fused design what an
  ///     image lacks has no effect on it; in another design it should be zero.
  ///   - deepSupervision: Whether to give the logits of the coarser levels too, where there are any.
  ///   - isTraining: Whether batches are learnt from: see ``BatchNormalization``.
  /// - Returns: Logits `[batch, classes, …]`: at full resolution, then with deep supervision those
  ///   of each coarser level except the lowest.
  /// - Throws: `TorchError` when a layer refuses its input, or memory runs out.
  public func callAsFunction(
    _ inputs: [Tensor], presence: Presence? = nil, deepSupervision: Bool = false,
    isTraining: Bool = false
  ) throws(TorchError) -> [Tensor] {
    switch trunk {
    case .pyramid(let network):
      return try network(inputs, presence: presence, deepSupervision: deepSupervision)
    case .chain(let network):
      return [try network(sideBySide(inputs), isTraining: isTraining)]
    case .branched(let network):
      return [try network(sideBySide(inputs))]
    }
  }

  /// The logits of a batch of patches as
  /// ``callAsFunction(_:presence:deepSupervision:isTraining:)`` gives them in training, and how far each
  /// coordinated level is from its constraint.
  ///
  /// - Parameters:
  ///   - patients: Whom each image shows, by a number, where modalities share no space and are images of
  ///     their own; `nil` where the modalities of an image show the same place at the same voxel.
  ///   - generator: Draws the voxels at which the modalities are compared.
  public func trainingOutput(
    of inputs: [Tensor], presence: Presence? = nil, patients: [Int]? = nil,
    deepSupervision: Bool = false, using generator: inout some RandomNumberGenerator
  ) throws(TorchError) -> TrainingOutput {
    guard case .pyramid(let network) = trunk else {
      return TrainingOutput(logits: try self(inputs, isTraining: true), coordination: [])
    }
    return try network.trainingOutput(
      of: inputs, presence: presence, patients: patients, deepSupervision: deepSupervision,
      using: &generator)
  }

  /// The modalities as the channels of one image.
  private func sideBySide(_ inputs: [Tensor]) throws(TorchError) -> Tensor {
    precondition(
      inputs.count == design.modalities.count,
      "\(inputs.count) inputs for the modalities \(design.modalities)")
    return inputs.count == 1 ? inputs[0] : try Tensor.concatenated(inputs, axis: 1)
  }

  public var children: [(name: String, module: any Module)] {
    switch trunk {
    case .pyramid(let network): network.children
    case .chain(let network): network.children
    case .branched(let network): network.children
    }
  }
}

extension SegmentationNetwork {
  /// Whether the network has features on the levels of its topology.
  public var hasLevels: Bool { if case .pyramid = trunk { true } else { false } }

  /// The levels on which a constraint ties the modalities' spaces together, finest first.
  public var coordinatedLevels: [Int] {
    if case .pyramid(let network) = trunk { network.coordinatedLevels } else { [] }
  }

  /// The features of one level. Those of a modality do not depend on the others.
  ///
  /// - Parameters:
  ///   - inputs: As for ``callAsFunction(_:presence:deepSupervision:isTraining:)``.
  ///   - level: 0 is the finest.
  ///   - isProjected: On a coordinated level, whether to give the projections, which the constraint
  ///     ties, or what the encoders give. On other levels it is the encoders' features either way.
  /// - Throws: `TorchError` when a layer refuses its input, or memory runs out.
  /// - Precondition: ``hasLevels``.
  public func features(
    of inputs: [Tensor], presence: Presence? = nil, level: Int, isProjected: Bool = true
  ) throws(TorchError) -> LevelFeatures {
    guard case .pyramid(let network) = trunk else {
      preconditionFailure("the network '\(design.title)' has no levels")
    }
    return try network.features(
      of: inputs, presence: presence, level: level, isProjected: isProjected)
  }
}
