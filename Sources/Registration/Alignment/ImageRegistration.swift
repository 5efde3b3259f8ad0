public import Imaging
internal import Randomness

/// A scan to align, and what to call it in messages.
public struct RegistrationScan: Sendable {
  public let path: String
  public let volume: Volume<Float>

  public init(path: String, volume: Volume<Float>) {
    (self.path, self.volume) = (path, volume)
  }
}

/// What an alignment has come to.
public struct Alignment: Sendable {
  /// From the fixed scan's millimetres to the moving scan's.
  public let transform: SpatialTransform

  /// The measure with the scans as their headers place them; `nil` when they do not meet there.
  public let similarityBefore: Double?

  /// The measure after the alignment.
  public let similarityAfter: Double

  /// The part of the smaller scan's box that lies in the other's, after the alignment.
  public let overlap: Double
}

/// Aligns scans of different modalities from coarse to fine.
///
/// The initial placement is followed downhill on the coarsest level, what is found there on the next.
/// With a search, translations and rotations about the placement are tried first; the best of them are
/// followed, and the best of those on the next level, until one is left.
/// Movements are rigid at first; a scale or an affine map is found from the second level on.
public struct ImageRegistration: Sendable {
  public var options: RegistrationOptions

  public init(_ options: RegistrationOptions = RegistrationOptions()) {
    self.options = options
  }

  /// How many starts are followed on the coarsest level, the next, and the others.
  private static let followed = [8, 3, 1]

  /// The most points that mutual information compares on a level.
  private static let samples = 100_000

  /// Finds how `moving` must be moved to lie on `fixed`.
  ///
  /// - Throws: ``RegistrationError``.
  public func align(
    _ moving: RegistrationScan, to fixed: RegistrationScan
  ) throws(RegistrationError) -> Alignment {
    for scan in [moving, fixed] { try Self.check(scan) }
    let pyramid = Pyramid(fixed: fixed.volume, moving: moving.volume, threads: options.threads)
    let placement = options.initial.transform(fixed: fixed.volume, moving: moving.volume)
    let limits = options.limits(around: placement, of: fixed.volume.geometry)
    var starts = [placement]
    var best: Candidate?
    var finest: (any Objective)?
    for (number, level) in pyramid.levels.enumerated() {
      guard let objective = objective(of: level, number) else { continue }
      if number == 0, options.isSearching {
        starts = search(level, objective, limits, around: placement) + starts
      }
      let descents = stages(of: number, of: pyramid.levels.count).map { model in
        Descent(
          objective: objective, model: model, limits: limits,
          steps: 0.01 * level.spacing...4 * level.spacing, limit: 60)
      }
      let found = starts.compactMap { Self.follow($0, descents) }
      let count = Self.followed[min(number + 1, Self.followed.count - 1)]
      let ranked = StartSearch.ranked(found)
      // Where a finer level just refuses what a coarser one has found, that stays.
      guard let first = ranked.first else { continue }
      starts = ranked.prefix(count).map(\.transform)
      (best, finest) = (first, objective)
    }
    guard let best, let finest else {
      throw .noCommonRoom(
        moving: moving.path, fixed: fixed.path, leastOverlap: options.leastOverlap)
    }
    let before = finest.evaluate(at: .identity, withSlope: false)
    return Alignment(
      transform: SpatialTransform(
        model: options.model, map: best.transform,
        fixed: .init(scan: fixed.path, geometry: fixed.volume.geometry),
        moving: .init(scan: moving.path, geometry: moving.volume.geometry)),
      similarityBefore: before.map { options.measure.value(ofCost: $0.cost) },
      similarityAfter: options.measure.value(ofCost: best.evaluation.cost),
      overlap: best.evaluation.overlap)
  }

  /// The greatest intensity: the sums of the descriptors' squares still fit into a `Float` with it.
  private static let greatest: Float = 1e15

  /// Refuses what cannot be aligned.
  private static func check(_ scan: RegistrationScan) throws(RegistrationError) {
    let bad = scan.volume.voxels.count { !$0.isFinite }
    guard bad == 0 else { throw .nonFinite(path: scan.path, count: bad) }
    if let extreme = scan.volume.voxels.first(where: { abs($0) > greatest }) {
      throw .extreme(path: scan.path, intensity: extreme, greatest: greatest)
    }
    guard scan.volume.geometry.size.min() >= 4 else {
      throw .tooThin(path: scan.path, geometry: scan.volume.geometry)
    }
    guard IntensityBins(of: scan.volume) != nil else { throw .constant(path: scan.path) }
  }

  /// `nil` for a level on which a scan is of one intensity, as a small structure can be when thinned.
  private func objective(of level: PyramidLevel, _ number: Int) -> (any Objective)? {
    let frame = Frame(of: level.fixed.geometry)
    switch options.measure {
    case .nmi:
      var generator = SplitMix64(
        seed: options.seed, stream: RandomStream.registrationSamples - UInt64(number))
      return MutualInformation(
        fixed: level.fixed, moving: level.moving, frame: frame, samples: Self.samples,
        threads: options.threads, using: &generator)
    case .mind:
      return SelfSimilarity(
        fixed: level.fixed, moving: level.moving, frame: frame, threads: options.threads)
    }
  }

  private func search(
    _ level: PyramidLevel, _ objective: any Objective, _ limits: MovementLimits,
    around placement: AffineMap
  ) -> [AffineMap] {
    let boxes = [level.fixed, level.moving].map { volume in
      volume.geometry.bounds.upper - volume.geometry.bounds.lower
    }
    return StartSearch(
      objective: objective, limits: limits,
      reach: pointwiseMin(boxes[0], boxes[1])
    ).best(Self.followed[0], around: placement)
  }

  /// The models that are fitted on a level, one after the other.
  private func stages(of number: Int, of count: Int) -> [TransformModel] {
    if options.model == .rigid || (number == 0 && count > 1) { return [.rigid] }
    return number <= 1 ? [.rigid, options.model] : [options.model]
  }

  /// The end of all descents, one after the other.
  private static func follow(_ start: AffineMap, _ descents: [Descent]) -> Candidate? {
    var best: Candidate?
    for descent in descents {
      best = descent.minimum(from: best?.transform ?? start)
      if best == nil { return nil }
    }
    return best
  }
}
