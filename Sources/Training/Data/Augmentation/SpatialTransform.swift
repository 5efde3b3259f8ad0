internal import CKernels
import Foundation
import Imaging
import Randomness

/// Where the voxels of a patch are taken from: a position, a zoom, a turn and mirrored axes.
///
/// Coordinates are x, y, z in voxels of the working grid.
struct SpatialTransform: Equatable {
  /// The voxel at the patch's centre.
  var centre: SIMD3<Double>

  /// Per axis; above 1 the patch shows a larger part of the case.
  var zoom = SIMD3<Double>(repeating: 1)

  /// The turns about x, then y, then z, in radians.
  var angles = SIMD3<Double>.zero

  /// The axes that run backwards.
  var mirrored = SIMDMask<SIMD3<Int64>>(repeating: false)

  /// Draws zoom, turn and mirroring with nnU-Net's probabilities and ranges.
  ///
  /// Source: the default training transforms of nnU-Net 2, F. Isensee et al., "nnU-Net", Nature
  /// Methods 18, 2021.
  static func random(
    centre: SIMD3<Double>, in space: TransformSpace,
    using generator: inout some RandomNumberGenerator
  ) -> SpatialTransform {
    var transform = SpatialTransform(centre: centre)
    let axes = space.turningAxes
    if generator.chance(0.2) {
      for axis in axes {
        transform.angles[axis] = generator.uniform(-space.largestAngle..<space.largestAngle)
      }
    }
    if generator.chance(0.2) {
      let zoom = generator.uniform(0.7..<1.4)
      for axis in space.zoomedAxes { transform.zoom[axis] = zoom }
    }
    for axis in 0..<3 {
      transform.mirrored[axis] = generator.chance(0.5)
    }
    return transform
  }

  /// The step in the case, in voxels, from one voxel of the patch to the next along each axis.
  ///
  /// The turn is a rotation in millimetres, so that it stays one on anisotropic voxels.
  func matrix(spacing: SIMD3<Double>) -> (x: SIMD3<Double>, y: SIMD3<Double>, z: SIMD3<Double>) {
    let steps = (0..<3).map { axis in
      var step = SIMD3<Double>.zero
      step[axis] = spacing[axis] * zoom[axis] * (mirrored[axis] ? -1 : 1)
      return turned(step) / spacing
    }
    return (steps[0], steps[1], steps[2])
  }

  private func turned(_ vector: SIMD3<Double>) -> SIMD3<Double> {
    let (sine, cosine) = (
      SIMD3(sin(angles.x), sin(angles.y), sin(angles.z)),
      SIMD3(cos(angles.x), cos(angles.y), cos(angles.z))
    )
    let aboutX = SIMD3(
      vector.x, cosine.x * vector.y - sine.x * vector.z, sine.x * vector.y + cosine.x * vector.z)
    let aboutY = SIMD3(
      cosine.y * aboutX.x + sine.y * aboutX.z, aboutX.y,
      cosine.y * aboutX.z - sine.y * aboutX.x)
    return SIMD3(
      cosine.z * aboutY.x - sine.z * aboutY.y, sine.z * aboutY.x + cosine.z * aboutY.y, aboutY.z)
  }

  /// The transform as the kernels read it.
  ///
  /// Along an axis that is neither turned nor zoomed, the centre is moved by half a voxel where
  /// needed, so that voxels meet voxels.
  func placement(patchSize: [Int], spacing: SIMD3<Double>) -> ckernels_placement {
    let axes = matrix(spacing: spacing)
    let half = SIMD3<Double>(patchSize.map { Double($0 - 1) / 2 })
    var start = centre - axes.x * half.x - axes.y * half.y - axes.z * half.z
    for axis in 0..<3 {
      var across = SIMD3(axes.x[axis], axes.y[axis], axes.z[axis])
      let along = across[axis]
      across[axis] = 0
      if across == .zero, abs(along) == 1 { start[axis].round() }
    }
    return ckernels_placement(
      start: (start.x, start.y, start.z), x: (axes.x.x, axes.x.y, axes.x.z),
      y: (axes.y.x, axes.y.y, axes.y.z), z: (axes.z.x, axes.z.y, axes.z.z))
  }
}
