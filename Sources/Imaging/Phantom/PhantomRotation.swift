import Foundation
import Randomness

/// A rotation about an axis.
struct PhantomRotation {
  /// A unit vector.
  let axis: SIMD3<Double>

  /// In radians, counter-clockwise for whoever the axis points at.
  let angle: Double

  /// The rotation that changes nothing.
  static let none = PhantomRotation(axis: [0, 0, 1], angle: 0)

  /// A rotation about an axis of any direction by up to `radians`.
  static func random(
    upTo radians: Double, using generator: inout some RandomNumberGenerator
  ) -> PhantomRotation {
    PhantomRotation(
      axis: .randomUnit(using: &generator), angle: generator.uniform(-radians..<radians))
  }

  /// Where the rotation takes `vector` (Rodrigues' formula).
  func turn(_ vector: SIMD3<Double>) -> SIMD3<Double> {
    let cross: SIMD3<Double> = [
      axis.y * vector.z - axis.z * vector.y, axis.z * vector.x - axis.x * vector.z,
      axis.x * vector.y - axis.y * vector.x,
    ]
    let along = (axis * vector).sum() * (1 - cos(angle))
    return vector * cos(angle) + cross * sin(angle) + axis * along
  }

  /// Where the rotation takes the axes of a grid.
  func turn(_ direction: Direction) -> Direction {
    Direction(x: turn(direction.x), y: turn(direction.y), z: turn(direction.z))
  }
}

extension SIMD3<Double> {
  /// A direction, all being equally likely.
  static func randomUnit(using generator: inout some RandomNumberGenerator) -> SIMD3<Double> {
    let z = generator.uniform(-1..<1)
    let turn = generator.uniform(0..<(2 * .pi))
    let radius = (1 - z * z).squareRoot()
    return [radius * cos(turn), radius * sin(turn), z]
  }
}

extension Geometry {
  /// A grid whose box has its middle at `centre` (millimetres).
  static func centred(
    at centre: SIMD3<Double>, size: SIMD3<Int>, spacing: SIMD3<Double>, direction: Direction
  ) -> Geometry {
    let half = SIMD3<Double>(size &- 1) / 2 * spacing
    let corner = direction.x * half.x + direction.y * half.y + direction.z * half.z
    return Geometry(size: size, spacing: spacing, origin: centre - corner, direction: direction)
  }
}
