import Foundation

/// The lengths of the axes that a header claims, checked.
struct RawShape {
  let lengths: [Int]

  /// - Throws: ``ImagingError/absurdSize(path:description:)`` for lengths that are none, or whose
  ///   product is beyond counting.
  init(_ claimed: [Double], path: String) throws(ImagingError) {
    let shown = claimed.map { String(format: "%g", $0) }.joined(separator: " × ")
    var count = 1
    for length in claimed {
      guard length >= 1, length < 0x1p40, length.rounded() == length else {
        throw .absurdSize(path: path, description: "it has \(shown) voxels")
      }
      // Far below the largest number, so that no later product overflows.
      let product = count.multipliedReportingOverflow(by: Int(length))
      guard !product.overflow, product.partialValue < Int.max >> 12 else {
        throw .absurdSize(path: path, description: "it has \(shown) voxels")
      }
      count = product.partialValue
    }
    lengths = claimed.map { Int($0) }
  }

  /// The first three axes; those that are not there have one voxel.
  var size: SIMD3<Int> {
    SIMD3((0..<3).map { $0 < lengths.count ? lengths[$0] : 1 })
  }

  /// The grid on which the map puts the voxels.
  ///
  /// - Throws: ``ImagingError/unsupported(path:found:advice:)`` for a map that is flat.
  func geometry(_ map: AffineMap, path: String) throws(ImagingError) -> Geometry {
    guard map.isInvertible else {
      throw .unsupported(
        path: path, found: "axes whose voxels have no volume",
        advice: "Correct the header's voxel sizes and directions.")
    }
    return Geometry(size: size, map: map)
  }
}
