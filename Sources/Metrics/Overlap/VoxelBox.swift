/// A box of voxels: from `lower` up to but not including `upper`.
struct VoxelBox: Hashable, Sendable {
  var lower: SIMD3<Int>
  var upper: SIMD3<Int>

  /// The number of voxels along each axis.
  var size: SIMD3<Int> { upper &- lower }

  /// Grows the box until it holds the other one too.
  mutating func formUnion(_ other: VoxelBox) {
    lower = pointwiseMin(lower, other.lower)
    upper = pointwiseMax(upper, other.upper)
  }
}
