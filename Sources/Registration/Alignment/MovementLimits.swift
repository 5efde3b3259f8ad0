import Foundation
internal import Imaging

/// Which transforms are believed, whatever the measure says of them.
struct MovementLimits {
  /// The least part of the smaller scan's box that lies in the other's.
  var overlap: Double

  /// The greatest angle between the scans' axes, in radians.
  var rotation: Double

  /// The greatest distance, in millimetres, from where the initial placement puts the fixed scan's
  /// middle.
  var shift = Double.infinity

  /// The fixed scan's middle, and where the initial placement puts it.
  var anchor = (from: SIMD3<Double>.zero, to: SIMD3<Double>.zero)

  /// The greatest factor between volumes, and one over it the least.
  static let growth = 2.0

  /// Whether a transform shifts, turns and scales no more than is believed.
  func allow(_ transform: AffineMap) -> Bool {
    let growth = transform.determinant
    guard transform.isInvertible, growth >= 1 / Self.growth, growth <= Self.growth else {
      return false
    }
    guard (transform(anchor.from) - anchor.to).length <= shift else { return false }
    // Of a rotation by an angle, the trace is 1 and twice the angle's cosine.
    let trace = (transform.x.x + transform.y.y + transform.z.z) / cbrt(growth)
    return (trace - 1) / 2 >= cos(rotation)
  }

  /// Whether two scans have enough in common.
  func allow(_ evaluation: Evaluation) -> Bool { evaluation.overlap >= overlap }
}
