import Imaging
import Randomness

/// Draws training patches from cases.
///
/// The n-th batch depends on nothing but the seed and n, so a resumed training sees the same ones.
public struct PatchSampler: Sendable {
  private let cases: [PreprocessedCase]
  private let modalities: [Int]
  private let patchSize: [Int]
  private let batchSize: Int
  private let foregroundFraction: Double
  private let augments: Bool

  /// - Parameters:
  ///   - cases: The training cases, all with classes.
  ///   - plan: Gives the patch and the batch size.
  ///   - modalities: The modalities to show, as positions in the plan, in the network's order.
  ///   - foregroundFraction: The share of patches that are centred on a structure.
  ///   - augments: Whether patches are transformed at random.
  /// - Precondition: There is at least one case.
  public init(
    cases: [PreprocessedCase], plan: Plan, modalities: [Int], foregroundFraction: Double,
    augments: Bool
  ) {
    precondition(!cases.isEmpty, "patches are drawn from at least one case")
    self.cases = cases
    self.modalities = modalities
    patchSize = plan.patchSize
    batchSize = plan.batchSize
    self.foregroundFraction = foregroundFraction
    self.augments = augments
  }

  /// The batch of training step `step`.
  public func batch(step: Int, seed: UInt64) -> Batch {
    var generator = SplitMix64(seed: seed, stream: UInt64(step))
    var images = modalities.map { _ in [Float]() }
    var classes: [UInt8] = []
    let free = freePatches(using: &generator)
    for index in 0..<batchSize {
      let source = cases[Int.random(in: 0..<cases.count, using: &generator)]
      let centre = centre(in: source, onForeground: index >= free, using: &generator)
      let transform =
        augments
        ? SpatialTransform.random(centre: centre, using: &generator)
        : SpatialTransform(centre: centre)
      let patch = patch(of: source, transform: transform, using: &generator)
      for modality in modalities.indices {
        images[modality] += patch.images[modality]
      }
      classes += patch.classes
    }
    return Batch(count: batchSize, shape: patchSize.reversed(), images: images, classes: classes)
  }

  /// How many patches of a batch may lie anywhere; as in nnU-Net, the ones after them are centred on
  /// foreground. A batch of one patch is centred by chance, since no share of it could be.
  private func freePatches(using generator: inout SplitMix64) -> Int {
    guard batchSize > 1 else { return generator.chance(foregroundFraction) ? 0 : 1 }
    return Int((Double(batchSize) * (1 - foregroundFraction)).rounded())
  }

  /// One patch of a case, centred on a structure where there is one, as it is.
  func validationPatch(ofCase index: Int, seed: UInt64) -> Batch {
    var generator = SplitMix64(seed: seed, stream: RandomStream.validationPatches - UInt64(index))
    let centre = centre(in: cases[index], onForeground: true, using: &generator)
    let patch = patch(
      of: cases[index], transform: SpatialTransform(centre: centre), using: &generator)
    return Batch(
      count: 1, shape: patchSize.reversed(), images: patch.images, classes: patch.classes)
  }

  /// A patch's centre: on a voxel of a random structure, or anywhere the patch fits.
  private func centre(
    in source: PreprocessedCase, onForeground: Bool, using generator: inout SplitMix64
  ) -> SIMD3<Double> {
    let size = source.geometry.size
    let present = source.foreground.filter { !$0.isEmpty }
    var wanted: SIMD3<Int>?
    if onForeground, let structure = present.randomElement(using: &generator),
      let voxel = structure.randomElement(using: &generator)
    {
      let index = Int(voxel)
      wanted = SIMD3(index % size.x, index / size.x % size.y, index / (size.x * size.y))
    }
    var centre = SIMD3<Double>.zero
    for axis in 0..<3 {
      let half = Double(patchSize[axis] - 1) / 2
      let room = size[axis] - patchSize[axis]
      guard room > 0 else {
        centre[axis] = Double(size[axis] - 1) / 2
        continue
      }
      let start =
        wanted.map { min(max($0[axis] - patchSize[axis] / 2, 0), room) }
        ?? Int.random(in: 0...room, using: &generator)
      centre[axis] = Double(start) + half
    }
    return centre
  }

  private func patch(
    of source: PreprocessedCase, transform: SpatialTransform, using generator: inout SplitMix64
  ) -> (images: [[Float]], classes: [UInt8]) {
    let gather = PatchGather(transform, from: source.geometry, patchSize: patchSize)
    let voxels = patchSize.reduce(1, *)
    let images = modalities.map { modality in
      guard let image = source.images[modality] else { return [Float](repeating: 0, count: voxels) }
      return [Float](unsafeUninitializedCapacity: voxels) { buffer, count in
        let patch = UnsafeMutableBufferPointer(rebasing: buffer[0..<voxels])
        gather.image(image, into: patch)
        if augments { IntensityAugmentation.apply(to: patch, using: &generator) }
        count = voxels
      }
    }
    let classes = [UInt8](unsafeUninitializedCapacity: voxels) { buffer, count in
      gather.classes(
        source.classes ?? [], into: UnsafeMutableBufferPointer(rebasing: buffer[0..<voxels]))
      count = voxels
    }
    return (images, classes)
  }
}
