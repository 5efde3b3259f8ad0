import Randomness

/// The true anatomy of one synthetic patient, as distances to surfaces.
///
/// Positions are millimetres in RAS+; the body is about 72 × 62 mm across and longer than any scan.
struct PhantomAnatomy {
  /// Where the middle of the body lies in the world.
  let centre: SIMD3<Double>

  private let displacement: PhantomDisplacement
  private let body: PhantomEllipsoid
  private let spine: PhantomSpine
  private let organ: PhantomEllipsoid
  private let vessel: PhantomTube

  /// Lesion, cyst and calcification.
  private let inclusions: [PhantomEllipsoid]

  /// The thickness of the body's wall in millimetres.
  private let wall: Double

  /// Draws a patient.
  init(using generator: inout some RandomNumberGenerator) {
    centre = [
      generator.uniform(-40..<40), generator.uniform(-60..<20), generator.uniform(-300..<300),
    ]
    displacement = PhantomDisplacement(using: &generator)
    body = PhantomEllipsoid(
      centre: .zero,
      radii: [generator.uniform(34..<37), generator.uniform(29..<31.5), 120])
    wall = generator.uniform(3..<4.5)
    spine = PhantomSpine(
      centre: [generator.uniform(-2..<2), -20.5], radius: generator.uniform(6..<7), period: 19)
    organ = PhantomEllipsoid(
      centre: [generator.uniform(-2..<2), 5, generator.uniform(-3..<3)],
      radii: [
        generator.uniform(22..<25), generator.uniform(17..<19), generator.uniform(33..<37),
      ])
    let side: Double = generator.chance(0.5) ? 1 : -1
    vessel = PhantomTube(
      centre: [organ.centre.x + 11.5 * side, 5 + generator.uniform(-2..<2)],
      radius: generator.uniform(4.2..<5.2), swing: [1.5, 3],
      frequency: generator.uniform(0.08..<0.14), phase: generator.uniform(0..<6.2))
    inclusions = Self.drawInclusions(in: organ, side: -side, using: &generator)
  }

  /// Draws lesion, cyst and calcification one above the other in any order, on the side of the
  /// organ where the vessel is not, so that they never overlap.
  private static func drawInclusions(
    in organ: PhantomEllipsoid, side: Double, using generator: inout some RandomNumberGenerator
  ) -> [PhantomEllipsoid] {
    let floors = [-18.5, 0, 18.5].shuffled(using: &generator)
    let radii = [8.3..<9.8, 7.5..<9.0, 6.3..<7.5]
    return zip(floors, radii).map { floor, range in
      let position: SIMD3<Double> = [
        side * generator.uniform(4..<8), generator.uniform(-2.5..<2.5),
        floor + generator.uniform(-1..<1),
      ]
      let size: SIMD3<Double> = [
        generator.uniform(range), generator.uniform(range), min(generator.uniform(range), 8.7),
      ]
      return PhantomEllipsoid(
        centre: organ.centre + position, radii: size,
        rotation: .random(upTo: 0.4, using: &generator))
    }
  }

  /// How far `position` is outside the surface of each tissue in the order of ``PhantomTissue``,
  /// in millimetres; negative inside.
  func distances(at position: SIMD3<Double>) -> SIMD8<Double> {
    let point = displacement(position - centre)
    let skin = body.distance(to: point)
    let capsule = organ.distance(to: point)
    // What is inside the organ ends a little below its capsule.
    let inside = capsule + 1.2
    return [
      skin, skin + wall, spine.distance(to: point), capsule,
      max(vessel.distance(to: point), inside), max(inclusions[0].distance(to: point), inside),
      max(inclusions[1].distance(to: point), inside),
      max(inclusions[2].distance(to: point), inside),
    ]
  }

  /// The label of a place that is so far outside the surfaces.
  static func label(at distances: SIMD8<Double>) -> UInt16 {
    PhantomTissue.allCases.last { distances[$0.rawValue] < 0 }?.label ?? 0
  }

  /// Which part of a voxel at a distance each tissue covers, 0 to 1.
  ///
  /// - Parameter blur: The width of the transition, in millimetres.
  static func coverage(at distances: SIMD8<Double>, blur: Double) -> SIMD8<Double> {
    (0.5 - distances / blur).clamped(
      lowerBound: .zero, upperBound: SIMD8(repeating: 1))
  }
}
