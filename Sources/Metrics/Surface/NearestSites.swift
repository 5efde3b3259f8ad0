/// For each place of a plane, how far away the plane's nearest site of a surface is, along x and
/// along y: the first two of the three passes of an exact distance transform.
///
/// The offsets are kept as whole numbers of sites, four bytes for both, so that distances follow
/// from them without any rounding but that of the sum.
///
/// Source: the passes follow P. Felzenszwalb, D. Huttenlocher, "Distance Transforms of Sampled
/// Functions", 2012: linear time in the number of places, whatever the distances.
struct NearestSites {
  let size: SIMD3<Int>

  /// `dx | dy << 16` for each place; of no meaning in planes without a site.
  let offsets: [UInt32]

  /// The planes that have a site, ascending.
  let planes: [Int]

  /// - Precondition: No side of the grid has more than 65535 sites.
  init(of map: SurfaceMap, spacing: SIMD3<Double>) {
    let size = map.size
    precondition(size.max() <= 65535, "a grid of \(size) sites is too large")
    let area = size.x * size.y
    var isUsed = [Bool](repeating: false, count: size.z)
    offsets = [UInt32](unsafeUninitializedCapacity: area * size.z) { buffer, count in
      isUsed.withUnsafeMutableBufferPointer { isUsed in
        map.markers.withUnsafeBufferPointer { markers in
          nonisolated(unsafe) let (markers, offsets, isUsed) = (markers, buffer, isUsed)
          Parallel.forEachRange(of: size.z, grain: 4) { range in
            let pass = PlanePass(size: size, spacing: spacing)
            for z in range {
              let part = z * area..<(z + 1) * area
              isUsed[z] = pass.run(
                UnsafeBufferPointer(rebasing: markers[part]),
                into: UnsafeMutableBufferPointer(rebasing: offsets[part]))
            }
          }
        }
      }
      count = buffer.count
    }
    self.size = size
    planes = (0..<size.z).filter { isUsed[$0] }
  }
}

/// The passes along x and y through one plane.
private struct PlanePass: ~Copyable {
  private let size: SIMD3<Int>

  /// `(i · spacing)²` along x.
  private let squares: [Double]

  /// The distance along x to the nearest site of the same row.
  private let rows: UnsafeMutableBufferPointer<UInt16>

  private let envelope: LowerEnvelope

  init(size: SIMD3<Int>, spacing: SIMD3<Double>) {
    self.size = size
    squares = (0..<size.x).map { (Double($0) * spacing.x) * (Double($0) * spacing.x) }
    rows = .allocate(capacity: size.x * size.y)
    envelope = LowerEnvelope(length: size.y, spacing: spacing.y)
  }

  deinit {
    rows.deallocate()
  }

  /// - Returns: Whether the plane has a site; without one the offsets are all 0.
  func run(
    _ markers: UnsafeBufferPointer<UInt8>, into offsets: UnsafeMutableBufferPointer<UInt32>
  ) -> Bool {
    var used: [Int] = []
    for y in 0..<size.y where fillRow(y, from: markers) { used.append(y) }
    guard !used.isEmpty else {
      offsets.initialize(repeating: 0)
      return false
    }
    for x in 0..<size.x {
      envelope.build(at: used) { squares[Int(rows[$0 * size.x + x])] }
      var lowest = 0
      for y in 0..<size.y {
        lowest = envelope.lowest(at: y, from: lowest)
        let nearest = envelope.position(lowest)
        let offset =
          UInt32(rows[nearest * size.x + x]) | UInt32(truncatingIfNeeded: abs(y - nearest)) << 16
        offsets.initializeElement(at: y * size.x + x, to: offset)
      }
    }
    return true
  }

  /// Fills in the distances within one row.
  ///
  /// - Returns: Whether the row has a site; only then it is filled.
  private func fillRow(_ y: Int, from markers: UnsafeBufferPointer<UInt8>) -> Bool {
    let part = y * size.x..<(y + 1) * size.x
    let row = UnsafeMutableBufferPointer(rebasing: rows[part])
    var last = -1
    NonZero.forEach(in: UnsafeBufferPointer(rebasing: markers[part])) { site in
      if last < 0 {
        for x in 0..<site { row[x] = UInt16(truncatingIfNeeded: site - x) }
      } else {
        for x in last + 1..<site { row[x] = UInt16(truncatingIfNeeded: min(x - last, site - x)) }
      }
      row[site] = 0
      last = site
    }
    guard last >= 0 else { return false }
    for x in last + 1..<size.x { row[x] = UInt16(truncatingIfNeeded: x - last) }
    return true
  }
}
