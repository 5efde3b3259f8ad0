import Architecture
public import Torch

/// What a network makes of each modality on one level, before and after they are fused.
public struct LevelFeatures {
  /// Per modality of the design `[batch, channels, depth, height, width]`; `nil` where no image has
  /// the modality, or the network has no features of its own for it there.
  public let modalities: [Tensor?]

  /// What the decoder reads; `nil` in a network of one modality, where it would be the same again.
  public let fused: Tensor?
}

extension SegmentationNetwork {
  /// The levels on which a constraint ties the modalities' spaces together, finest first.
  public var coordinatedLevels: [Int] {
    cells.indices.filter { cells[$0].genotype.coordination != nil }
  }

  /// The features of one level. Those of a modality do not depend on the others.
  ///
  /// - Parameters:
  ///   - inputs: As for ``callAsFunction(_:presence:deepSupervision:)``.
  ///   - level: 0 is the finest.
  ///   - isProjected: On a coordinated level, whether to give the projections, which the constraint
  ///     ties, or what the encoders give. On other levels it is the encoders' features either way.
  /// - Throws: `TorchError` when a layer refuses its input, or memory runs out.
  public func features(
    of inputs: [Tensor], presence: Presence? = nil, level: Int, isProjected: Bool = true
  ) throws(TorchError) -> LevelFeatures {
    precondition(topology.levels.indices.contains(level), "there is no level \(level)")
    precondition(
      inputs.count == design.modalities.count,
      "\(inputs.count) inputs for the modalities \(design.modalities)")
    guard !cells.isEmpty else {
      let image = inputs.count == 1 ? inputs[0] : try Tensor.concatenated(inputs, axis: 1)
      let features = try encoders[0]?(image, depth: level + 1).last
      return inputs.count == 1
        ? LevelFeatures(modalities: [features], fused: nil)
        : LevelFeatures(modalities: inputs.map { _ in nil }, fused: features)
    }
    let presence = presence ?? .complete(modalities: inputs.count, images: inputs[0].shape[0])
    let pyramids = try pyramids(of: inputs, presence).map { $0[level] }
    let cell = cells[level]
    let (output, projections) = try cell.fuse(pyramids)
    guard isProjected, !projections.isEmpty else {
      return LevelFeatures(modalities: pyramids.map(\.tensor), fused: output.tensor)
    }
    var modalities: [Tensor?] = inputs.map { _ in nil }
    for (edge, projection) in zip(cell.genotype.nodes[0].edges, projections) {
      modalities[edge.source] = projection.tensor
    }
    return LevelFeatures(modalities: modalities, fused: output.tensor)
  }
}
