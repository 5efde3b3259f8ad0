/// The sites of a surface at which distances are measured, column by column along z.
struct SurfacePoints {
  /// Where each column `x + size.x * y` starts in the lists below; one more than columns.
  let starts: [Int]

  /// The z of every point, ascending within a column.
  let heights: [UInt16]

  /// The marker of every point.
  let markers: [UInt8]

  /// - Parameter isPoint: Whether distances are measured at a marker.
  init(_ map: SurfaceMap, where isPoint: (UInt8) -> Bool) {
    let columns = map.size.x * map.size.y
    let counted = (UInt8.min...UInt8.max).map { $0 > 0 && isPoint($0) }
    let forEach = { (body: (Int, Int, UInt8) -> Void) in
      map.markers.withUnsafeBufferPointer { all in
        for z in 0..<map.size.z {
          let plane = UnsafeBufferPointer(rebasing: all[z * columns..<(z + 1) * columns])
          NonZero.forEach(in: plane) { column in
            if counted[Int(plane[column])] { body(column, z, plane[column]) }
          }
        }
      }
    }
    var starts = [Int](repeating: 0, count: columns + 1)
    forEach { column, _, _ in starts[column + 1] += 1 }
    for column in 0..<columns { starts[column + 1] += starts[column] }
    var next = starts
    var heights = [UInt16](repeating: 0, count: starts[columns])
    var markers = [UInt8](repeating: 0, count: starts[columns])
    forEach { column, z, marker in
      heights[next[column]] = UInt16(z)
      markers[next[column]] = marker
      next[column] += 1
    }
    (self.starts, self.heights, self.markers) = (starts, heights, markers)
  }
}

/// The bytes of a row that are not 0, of which there are few.
enum NonZero {
  /// Calls `body` with the index of each byte that is not 0, ascending.
  @inline(__always)
  static func forEach(in bytes: UnsafeBufferPointer<UInt8>, _ body: (Int) -> Void) {
    let raw = UnsafeRawBufferPointer(bytes)
    var index = 0
    while index + 8 <= bytes.count {
      var word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      while word != 0 {
        let byte = word.trailingZeroBitCount >> 3
        body(index + byte)
        word &= ~(0xFF &<< UInt64(byte << 3))
      }
      index += 8
    }
    while index < bytes.count {
      if bytes[index] != 0 { body(index) }
      index += 1
    }
  }
}
