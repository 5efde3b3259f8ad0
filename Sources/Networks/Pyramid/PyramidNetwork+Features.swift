import Architecture
import Torch

extension PyramidNetwork {
  /// The levels on which a constraint ties the modalities' spaces together, finest first.
  var coordinatedLevels: [Int] {
    cells.indices.filter { cells[$0].genotype.coordination != nil }
  }

  /// The features of one level, as ``SegmentationNetwork/features(of:presence:level:isProjected:)`` says.
  func features(
    of inputs: [Tensor], presence: Presence?, level: Int, isProjected: Bool
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
