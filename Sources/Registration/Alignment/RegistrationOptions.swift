internal import Imaging

/// How two scans are aligned.
public struct RegistrationOptions: Hashable, Sendable {
  /// The movements that are allowed.
  public var model: TransformModel

  /// By what the alignment is judged.
  public var measure: SimilarityMeasure

  /// Where the search begins.
  public var initial: InitialPlacement

  /// Whether translations and rotations far from the beginning are tried as well.
  public var isSearching: Bool

  /// The part of the smaller scan's box that must lie in the other's, above 0 and at most 1.
  public var leastOverlap: Double

  /// The greatest angle between the two scans' axes, in degrees.
  public var mostRotation: Double

  /// How far from the initial placement the fixed scan's middle may be carried, in millimetres.
  public var mostShift: Double

  /// The seed of the points that are compared.
  public var seed: UInt64

  /// How many threads take part; `nil` for one per core. The result does not depend on it.
  public var threads: Int?

  public init(
    model: TransformModel = .rigid, measure: SimilarityMeasure = .nmi,
    initial: InitialPlacement = .centre, isSearching: Bool = false, leastOverlap: Double = 0.5,
    mostRotation: Double = 30, mostShift: Double = .infinity, seed: UInt64 = 1, threads: Int? = nil
  ) {
    (self.model, self.measure, self.initial) = (model, measure, initial)
    (self.isSearching, self.leastOverlap) = (isSearching, leastOverlap)
    (self.mostRotation, self.mostShift) = (mostRotation, mostShift)
    (self.seed, self.threads) = (seed, threads)
  }

  /// The limits for scans of which the first is placed on the second so.
  func limits(around placement: AffineMap, of fixed: Geometry) -> MovementLimits {
    MovementLimits(
      overlap: leastOverlap, rotation: mostRotation * .pi / 180, shift: mostShift,
      anchor: (from: fixed.middle, to: placement(fixed.middle)))
  }
}
