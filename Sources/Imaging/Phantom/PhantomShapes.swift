import Foundation

/// An ellipsoid in any orientation.
struct PhantomEllipsoid {
  let centre: SIMD3<Double>
  let radii: SIMD3<Double>
  let axes: (SIMD3<Double>, SIMD3<Double>, SIMD3<Double>)

  init(
    centre: SIMD3<Double>, radii: SIMD3<Double>, rotation: PhantomRotation = .none
  ) {
    self.centre = centre
    self.radii = radii
    axes = (rotation.turn([1, 0, 0]), rotation.turn([0, 1, 0]), rotation.turn([0, 0, 1]))
  }

  /// About how many millimetres `point` is outside the surface; negative inside.
  ///
  /// First-order: the implicit function over the length of its gradient.
  func distance(to point: SIMD3<Double>) -> Double {
    let offset = point - centre
    let local: SIMD3<Double> = [
      (offset * axes.0).sum(), (offset * axes.1).sum(), (offset * axes.2).sum(),
    ]
    let scaled = local / radii
    let level = (scaled * scaled).sum().squareRoot()
    let slope = scaled / radii
    let gradient = (slope * slope).sum().squareRoot()
    return gradient > 0 ? (level - 1) * level / gradient : -radii.min()
  }
}

/// A tube along z whose middle swings from side to side.
struct PhantomTube {
  let centre: SIMD2<Double>
  let radius: Double

  /// How far the middle swings along x and y, in millimetres.
  let swing: SIMD2<Double>

  /// Radians per millimetre along z.
  let frequency: Double
  let phase: Double

  /// About how many millimetres `point` is outside the wall; negative inside.
  func distance(to point: SIMD3<Double>) -> Double {
    let angle = frequency * point.z + phase
    let x = point.x - centre.x - swing.x * sin(angle)
    let y = point.y - centre.y - swing.y * cos(angle)
    return (x * x + y * y).squareRoot() - radius
  }
}

/// A column along z of vertebrae with gaps between them.
struct PhantomSpine {
  let centre: SIMD2<Double>
  let radius: Double

  /// From the middle of one vertebra to the middle of the next, in millimetres.
  let period: Double

  /// About how many millimetres `point` is outside the nearest vertebra; negative inside.
  func distance(to point: SIMD3<Double>) -> Double {
    let x = point.x - centre.x
    let y = point.y - centre.y
    let along = abs(point.z - (point.z / period).rounded() * period)
    return max((x * x + y * y).squareRoot() - radius, along - (period / 2 - 1.5))
  }
}
