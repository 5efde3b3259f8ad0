internal import Imaging

/// Coordinates in which a step of one in any parameter moves points by about one millimetre: they
/// are zero in the middle of the fixed scan and one at about its rim.
struct Frame {
  /// The middle of the fixed scan's box, in millimetres.
  let centre: SIMD3<Double>

  /// The mean of half its three lengths, in millimetres.
  let radius: Double

  init(centre: SIMD3<Double>, radius: Double) {
    (self.centre, self.radius) = (centre, radius)
  }

  /// The frame of a fixed scan's grid.
  init(of grid: Geometry) {
    self.init(
      centre: grid.middle, radius: (SIMD3<Double>(grid.size) * grid.spacing).sum() / 6)
  }

  /// From this frame to millimetres.
  var map: AffineMap {
    AffineMap(x: [radius, 0, 0], y: [0, radius, 0], z: [0, 0, radius], offset: centre)
  }
}

extension Geometry {
  /// The middle of the box, in millimetres.
  var middle: SIMD3<Double> { position(ofVoxel: SIMD3<Double>(size &- 1) / 2) }

  /// The room that the voxels fill, in cubic millimetres.
  var extent: Double { abs(map.determinant) * Double(voxelCount) }
}
