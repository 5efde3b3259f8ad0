public import Architecture
public import Torch

/// How far the modalities' spaces of one level are from their constraint.
public struct CoordinationTerm {
  /// The level, 0 being the finest.
  public let level: Int

  public let coordination: Coordination

  /// A single number with a gradient, not yet weighted.
  public let value: Tensor
}

extension Coordination {
  /// The voxels of an image at which the modalities of a level are compared; all where it has fewer.
  static let voxels = 256

  /// How far some projections are from the constraint, at voxels drawn anew: the same ones in every
  /// image and modality. Computed in float64, for the sake of the covariances.
  ///
  /// - Returns: A single number with a gradient; 0 where no image has two modalities.
  func term(
    of projections: [PartialFeatures], using generator: inout some RandomNumberGenerator
  ) throws(TorchError) -> Tensor {
    guard let shape = projections.tensors.first?.shape else { return try Tensor([0.0], shape: []) }
    let voxels = Tensor.voxelChoice(
      Self.voxels, of: shape[2...].reduce(1, *), using: &generator)
    var views: [Tensor] = []
    for tensor in try projections.filled() {
      views.append(try tensor.voxelEmbeddings(at: voxels).converted(to: .float64))
    }
    let presence = projections.map { part in
      part.isPresent.flatMap { Array(repeating: $0, count: voxels.count) }
    }
    return try CoordinationConstraint(constraint)
      .loss(of: Embeddings(views, isPresent: presence))
  }
}
