import Imaging

/// Where the surface of a mask is: a marker per site of a grid, 0 where there is none.
///
/// The sites are the corners between voxels (``SurfaceConvention/surfels``), one more than voxels
/// along each axis, or the voxels themselves.
struct SurfaceMap {
  /// The number of sites along each axis.
  let size: SIMD3<Int>

  /// What is at each site, x fastest: a marching-cubes code, or 1 for a voxel from which and to
  /// which distances are taken, or 2 for one to which they are taken only.
  let markers: [UInt8]

  init(of labels: Set<Int>, in map: LabelMap, box: VoxelBox, convention: SurfaceConvention) {
    let mask = PaddedMask(map, of: labels, in: box, repeatsEdges: convention == .contours)
    let size = convention == .surfels ? mask.size &- 1 : mask.size &- 2
    let padded = mask.size
    self.size = size
    markers = [UInt8](unsafeUninitializedCapacity: size.x * size.y * size.z) { buffer, count in
      mask.bytes.withUnsafeBufferPointer { bytes in
        guard let first = bytes.baseAddress, let output = buffer.baseAddress else { return }
        nonisolated(unsafe) let (source, target) = (first, output)
        Parallel.forEachRange(of: size.z, grain: 8) { planes in
          for row in planes.lowerBound * size.y..<planes.upperBound * size.y {
            let start = (row / size.y * padded.y + row % size.y) * padded.x
            let rows = MaskRows(source + start, row: padded.x, plane: padded.x * padded.y)
            rows.mark(convention, into: target + row * size.x, count: size.x)
          }
        }
      }
      count = buffer.count
    }
  }
}

/// The rows of a padded mask around a row of sites.
private struct MaskRows {
  /// The first voxel of the first row.
  let first: UnsafePointer<UInt8>

  /// How far apart neighbours along y are stored.
  let row: Int

  /// How far apart neighbours along z are stored.
  let plane: Int

  init(_ first: UnsafePointer<UInt8>, row: Int, plane: Int) {
    self.first = first
    self.row = row
    self.plane = plane
  }

  /// The markers of a row of sites.
  func mark(
    _ convention: SurfaceConvention, into output: UnsafeMutablePointer<UInt8>, count: Int
  ) {
    switch convention {
    case .surfels: codes(into: output, count: count)
    case .voxels: boundary(into: output, count: count)
    case .contours: contours(into: output, count: count)
    }
  }

  /// The codes of the corners between two by two rows; that of eight voxels inside becomes 0.
  private func codes(into output: UnsafeMutablePointer<UInt8>, count: Int) {
    let (second, third, fourth) = (first + plane, first + row, first + row + plane)
    for x in 0..<count {
      let before = first[x] &<< 3 | second[x] &<< 2 | third[x] &<< 1 | fourth[x]
      let after =
        first[x + 1] &<< 3 | second[x + 1] &<< 2 | third[x + 1] &<< 1 | fourth[x + 1]
      let code = before &<< 4 | after
      output[x] = code == 255 ? 0 : code
    }
  }

  /// 1 at voxels that are inside and have one of six neighbours outside.
  private func boundary(into output: UnsafeMutablePointer<UInt8>, count: Int) {
    let centre = first + 1 + row + plane
    for x in 0..<count {
      let inner =
        centre[x - 1] & centre[x + 1] & centre[x - row] & centre[x + row]
        & centre[x - plane] & centre[x + plane]
      output[x] = centre[x] & ~inner
    }
  }

  /// 1 where ``boundary(into:count:)`` has it, 2 at voxels with one of the other twenty neighbours
  /// outside.
  private func contours(into output: UnsafeMutablePointer<UInt8>, count: Int) {
    boundary(into: output, count: count)
    for x in 0..<count where output[x] == 0 {
      let corner = first + x
      var inner: UInt8 = 1
      for z in 0..<3 {
        for y in 0..<3 {
          let neighbours = corner + y * row + z * plane
          inner &= neighbours[0] & neighbours[1] & neighbours[2]
        }
      }
      output[x] = (corner[1 + row + plane] & ~inner) &<< 1
    }
  }
}
