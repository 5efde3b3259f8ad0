internal import CRegistration
internal import Imaging

extension cregistration_map {
  /// The rows of an affine map.
  init(_ map: AffineMap) {
    self.init()
    let row = { (axis: Int) in (map.x[axis], map.y[axis], map.z[axis], map.offset[axis]) }
    rows = (row(0), row(1), row(2))
  }
}

extension Volume<Float> {
  /// Calls `body` with the volume as the kernels see it.
  ///
  /// - Parameter weights: How much each voxel counts; empty where all count.
  func withKernelVolume<Result>(
    weights: [Float] = [], _ body: (cregistration_volume) -> Result
  ) -> Result {
    voxels.withUnsafeBufferPointer { values in
      weights.withUnsafeBufferPointer { weights in
        body(
          cregistration_volume(
            voxels: values.baseAddress, weights: weights.isEmpty ? nil : weights.baseAddress,
            size: geometry.kernelSize))
      }
    }
  }
}

extension Geometry {
  /// The numbers of voxels as C has them.
  var kernelSize: (Int64, Int64, Int64) { (Int64(size.x), Int64(size.y), Int64(size.z)) }
}
