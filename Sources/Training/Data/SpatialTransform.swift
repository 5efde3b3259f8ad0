import Foundation
import Randomness

/// Where the voxels of a patch are taken from: a position, a zoom, a turn and mirrored axes.
///
/// Coordinates are x, y, z in voxels of the working grid.
struct SpatialTransform: Equatable {
  /// The voxel at the patch's centre.
  var centre: SIMD3<Double>

  /// Above 1 the patch shows a larger part of the case.
  var zoom = 1.0

  /// The turn about the z axis, in radians.
  var angle = 0.0

  /// The axes that run backwards.
  var mirrored = SIMDMask<SIMD3<Int64>>(repeating: false)

  /// Draws zoom, turn and mirroring with nnU-Net's probabilities and ranges (turns about z only).
  static func random(
    centre: SIMD3<Double>, using generator: inout some RandomNumberGenerator
  ) -> SpatialTransform {
    var transform = SpatialTransform(centre: centre)
    if generator.chance(0.2) {
      transform.zoom =
        1
        / (generator.chance(0.5)
          ? generator.uniform(0.7..<1) : generator.uniform(1..<1.4))
    }
    if generator.chance(0.2) {
      transform.angle = generator.uniform(-(.pi / 6)..<(.pi / 6))
    }
    for axis in 0..<3 {
      transform.mirrored[axis] = generator.chance(0.5)
    }
    return transform
  }

  /// Whether voxels are copied as they are, without interpolation.
  var isOnGrid: Bool { zoom == 1 && angle == 0 }

  /// The position in the case of a voxel of the patch, for a grid of the given spacing.
  ///
  /// The turn is a rotation in millimetres, so that it stays one on anisotropic voxels.
  func matrix(spacing: SIMD3<Double>) -> (x: SIMD3<Double>, y: SIMD3<Double>, z: SIMD3<Double>) {
    let ratio = spacing.x / spacing.y
    let sign = SIMD3<Double>(
      mirrored[0] ? -zoom : zoom, mirrored[1] ? -zoom : zoom, mirrored[2] ? -zoom : zoom)
    return (
      x: SIMD3(cos(angle), sin(angle) * ratio, 0) * sign.x,
      y: SIMD3(-sin(angle) / ratio, cos(angle), 0) * sign.y,
      z: SIMD3(0, 0, 1) * sign.z
    )
  }
}
