import Imaging
import Networks
import Randomness

/// Draws training patches from cases.
///
/// A patch depends on nothing but the seed, the step and its place in the batch, so a resumed training
/// sees the same ones, however many threads make them. Where a patient's scans are cases of their own, a
/// batch has a patch of each of them, and of as many patients as it has room for.
public struct PatchSampler: Sendable {
  private let cases: [PreprocessedCase]
  private let patients: PatientDraw
  private let drawsTogether: Bool
  private let modalities: [Int]
  private let patchSize: [Int]
  private let batchSize: Int
  private let foregroundFraction: Double
  private let augments: Bool
  private let shifting: Double
  private let dropout: ModalityDropout
  private let droppable: [Bool]
  private let steps: Int
  private let space: TransformSpace

  /// - Parameters:
  ///   - cases: The training cases, all with classes.
  ///   - plan: Gives the patch and the batch size.
  ///   - modalities: The modalities to show, as positions in the plan, in the network's order.
  ///   - foregroundFraction: The share of patches that are centred on a structure.
  ///   - augments: Whether patches are transformed at random.
  ///   - shifting: The probability that a constant is added to each modality, where they are.
  ///   - dropout: How modalities are left out.
  ///   - droppable: For each modality whether that may happen to it: not where the network does not
  ///     read it, since what is left might then be nothing to read; `nil`: to all.
  ///   - steps: The steps of the training, over which the dropout rises.
  ///   - batchSize: The patches of a batch; `nil`: the plan's.
  ///   - isSpread: Whether no case is drawn again before all have been, as is always so where scans share no
  ///     space; without, every patch is of any case.
  /// - Precondition: There is at least one case.
  public init(
    cases: [PreprocessedCase], plan: Plan, modalities: [Int], foregroundFraction: Double,
    augments: Bool, shifting: Double = 0, dropout: ModalityDropout = ModalityDropout(),
    droppable: [Bool]? = nil, steps: Int = 1, batchSize: Int? = nil,
    isSpread: Bool = false
  ) {
    precondition(!cases.isEmpty, "patches are drawn from at least one case")
    self.dropout = dropout
    self.droppable = droppable ?? modalities.map { _ in true }
    self.steps = steps
    self.cases = cases
    patients = PatientDraw(cases.map(\.patient))
    drawsTogether = isSpread || patients.hasScansApart
    self.modalities = modalities
    patchSize = plan.patchSize
    self.batchSize = batchSize ?? plan.batchSize
    self.foregroundFraction = foregroundFraction
    self.augments = augments
    self.shifting = shifting
    space = TransformSpace(of: plan)
  }

  /// The batch of training step `step`.
  public func batch(step: Int, seed: UInt64) -> Batch {
    var chance = SplitMix64(seed: seed, stream: UInt64(step))
    let key = chance.next()
    let free = freePatches(using: &chance)
    let probability = dropout.probability(atStep: step, of: steps)
    var together = SplitMix64(seed: key, stream: RandomStream.patients)
    let drawn = drawsTogether ? patients.cases(count: batchSize, using: &together) : nil
    var batch = filled(count: batchSize) { index, patches, labels in
      var generator = SplitMix64(seed: key, stream: UInt64(index))
      let source =
        cases[drawn?[index].place ?? Int.random(in: 0..<cases.count, using: &generator)]
      let centre = centre(in: source, onForeground: index >= free, using: &generator)
      // A stream of its own, so that patches are the same with and without dropout.
      var chance = SplitMix64(seed: key, stream: RandomStream.modalityDropout - UInt64(index))
      let shown = shown(of: source, dropping: probability, using: &chance)
      guard augments else {
        read(source, shown, SpatialTransform(centre: centre), into: patches, labels: labels)
        return shown
      }
      let transform = SpatialTransform.random(centre: centre, in: space, using: &generator)
      let changes = IntensityChange.random(
        count: modalities.count, shifting: shifting, using: &generator)
      read(source, shown, transform, into: patches, labels: labels)
      apply(changes, to: patches, where: shown)
      return shown
    }
    if patients.hasScansApart { batch.patients = drawn?.map(\.patient) }
    return batch
  }

  /// Whether a patch shows each modality: those that its case has and that are not left out.
  private func shown(
    of source: PreprocessedCase, dropping probability: Double = 0,
    using generator: inout SplitMix64
  ) -> [Bool] {
    let present = modalities.map { source.images[$0] != nil }
    let candidates = zip(present, droppable).map { $0 && $1 }
    let kept = ModalityDropout.kept(of: candidates, dropping: probability, using: &generator)
    return zip(present, zip(droppable, kept)).map { $0 && (!$1.0 || $1.1) }
  }

  private func filled(count: Int, _ fill: Batch.Filling) -> Batch {
    Batch(count: count, patchSize: patchSize, modalities: modalities.count, filledBy: fill)
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
    let shown = shown(of: cases[index], using: &generator)
    return filled(count: 1) { _, patches, labels in
      read(cases[index], shown, SpatialTransform(centre: centre), into: patches, labels: labels)
      return shown
    }
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

  private func read(
    _ source: PreprocessedCase, _ shown: [Bool], _ transform: SpatialTransform,
    into patches: [UnsafeMutablePointer<Float>], labels: UnsafeMutablePointer<UInt8>
  ) {
    PatchGather(transform: transform, patchSize: patchSize).read(
      zip(modalities, shown).map { $1 ? source.images[$0] : nil }, classes: source.classes,
      of: source.geometry, into: patches, labels: labels)
  }

  /// Changes the intensities of every modality that a patch shows.
  private func apply(
    _ changes: [IntensityChange], to patches: [UnsafeMutablePointer<Float>], where shown: [Bool]
  ) {
    let augmentation = IntensityAugmentation(patchSize: patchSize, space: space)
    withUnsafeTemporaryAllocation(of: Float.self, capacity: patchSize.reduce(1, *)) { scratch in
      guard let scratch = scratch.baseAddress else { return }
      for (index, change) in changes.enumerated() where shown[index] {
        augmentation.apply(change, to: patches[index], scratch: scratch)
      }
    }
  }
}
