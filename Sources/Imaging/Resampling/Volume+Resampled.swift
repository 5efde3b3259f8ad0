internal import CResampling

/// Volumes on other grids.
///
/// The rule for what lies inside is ITK's: a position belongs to the volume when it lies in the box
/// that the voxels fill, to half a voxel beyond the outermost centres; what is out there is for the
/// interpolation to say, and the outermost values go on but for a mirrored spline. The result does
/// not depend on the number of threads, nor on what the processor can do.
///
/// Along axes of the two grids that are parallel, whatever their order and signs, values are
/// interpolated one axis after the other; a slope that moves no voxel by a thousandth of one counts
/// as none. Where every new voxel is an old one nothing is computed at all.
///
/// A NaN makes all values NaN whose neighbours it is among, those of weight zero too (two per axis
/// when linear, so up to a voxel around it); with a cubic spline the values of whole lines.
extension Volume where Scalar: IntensityScalar {
  /// This volume on another grid.
  ///
  /// - Parameters:
  ///   - target: The new grid.
  ///   - resampling: How values between voxels are made up.
  ///   - outside: The value of voxels beyond the volume's box; see ``ModalityKind/valueOutside``.
  ///   - threads: How many threads take part; `nil` for one per core.
  /// - Complexity: O(voxels of the new grid), on all cores. Beside the result it takes a plane per
  ///   core; a cubic spline, smoothing and orders that differ between axes at an angle take a copy
  ///   of the volume as floats.
  public func resampled(
    onto target: Geometry, by resampling: Resampling, outside: Float = 0, threads: Int? = nil
  ) -> Volume<Float> {
    if target == geometry, let same = self as? Volume<Float> { return same }
    return voxels.withUnsafeBytes { bytes in
      let voxels = [Float](unsafeUninitializedCapacity: target.voxelCount) { buffer, count in
        guard let start = buffer.baseAddress, let source = bytes.baseAddress else { return }
        UnsafeMutableRawBufferPointer(buffer).preferLargePages()
        IntensityResampling(
          source: geometry, target: target, resampling: resampling, outside: outside,
          threads: threads
        ).fill(start, from: source, type: Scalar.storage.kernelType)
        count = target.voxelCount
      }
      return Volume<Float>(geometry: target, voxels: voxels)
    }
  }
}

extension Volume where Scalar == Float {
  /// This volume on another grid; `outside` is the value of voxels beyond the volume's box.
  ///
  /// - Complexity: O(voxels of the new grid), on all cores.
  public func resampled(
    onto target: Geometry, interpolation: Interpolation = .linear, outside: Float = 0
  ) -> Volume<Float> {
    resampled(onto: target, by: Resampling(interpolation), outside: outside)
  }
}
