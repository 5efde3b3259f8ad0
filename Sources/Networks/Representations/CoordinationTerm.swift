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

  /// How far some projections are from the constraint where modalities share no space: a sample is a
  /// patient, whose embedding in a modality is the mean over an image that shows it, less the mean of all
  /// these patients. Behind a normalisation the means of all images are almost the same, and what patients
  /// have in common would outshine what tells them apart. Computed in float64.
  ///
  /// - Parameter patients: Whom each image shows. Of several images of one modality the first counts.
  /// - Returns: A single number with a gradient; 0 where no patient has two modalities.
  func term(of projections: [PartialFeatures], patients: [Int]) throws(TorchError) -> Tensor {
    guard !projections.tensors.isEmpty else { return try Tensor([0.0], shape: []) }
    var (views, presence): ([Tensor], [[Bool]]) = ([], [])
    for (part, tensor) in zip(projections, try projections.filled()) {
      let images = Set(patients).sorted().map { patient in
        patients.indices.first { patients[$0] == patient && part.isPresent[$0] }
      }
      presence.append(images.map { $0 != nil })
      let pooled = try tensor.pooledEmbedding().converted(to: .float64)
      let shown = images.compactMap(\.self)
      // The row of a patient without an image is never read.
      let rows = try pooled.rows(images.map { $0 ?? 0 })
      views.append(
        shown.isEmpty
          ? rows : try rows - pooled.rows(shown).mean(overAxes: [0], keepingAxes: true))
    }
    return try CoordinationConstraint(constraint)
      .loss(of: Embeddings(views, isPresent: presence))
  }
}
