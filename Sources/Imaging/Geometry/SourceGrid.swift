/// A row of the new grid as seen from the old one: positions in voxels of the old grid.
struct SourceRow {
  let start: SIMD3<Double>
  let step: SIMD3<Double>
  let length: Int

  /// The position of the row's voxel `index`; multiplied, so that no error adds up along the row.
  @inline(__always)
  subscript(index: Int) -> SIMD3<Double> {
    start + step * Double(index)
  }

  /// The part of the row whose positions lie in the box of a grid: from half a voxel before its
  /// first centre to just less than half a voxel after its last.
  func part(inside size: SIMD3<Int>) -> Range<Int> {
    let upper = SIMD3<Double>(size) - 0.5
    let isInside = { (index: Int) -> Bool in
      let position = self[index]
      return all(position .>= -0.5) && all(position .< upper)
    }
    var (low, high) = (0.0, Double(length))
    for axis in 0..<3 where step[axis] != 0 {
      let ends = [-0.5, upper[axis]].map { ($0 - start[axis]) / step[axis] }
      low = max(low, min(ends[0], ends[1]) - 1)
      high = min(high, max(ends[0], ends[1]) + 2)
    }
    guard low < high else { return 0..<0 }
    // The ends above are a voxel too generous, which leaves rounding no say.
    var (first, end) = (Int(low), Int(high))
    while first < end, !isInside(first) { first += 1 }
    while end > first, !isInside(end - 1) { end -= 1 }
    return first..<end
  }
}

/// The voxels that values are taken from.
struct SourceGrid<Scalar> {
  let voxels: UnsafePointer<Scalar>
  let size: SIMD3<Int>

  /// Fills a row with the closest voxels; halves are rounded up.
  func pickNearest(_ row: SourceRow, outside: Scalar, into output: UnsafeMutablePointer<Scalar>) {
    let last = SIMD3<Double>(size &- 1)
    for index in row.part(inside: size) {
      let closest = (row[index] + 0.5).rounded(.down).clamped(lowerBound: .zero, upperBound: last)
      let (x, y, z) = (Int(closest.x), Int(closest.y), Int(closest.z))
      output[index] = voxels[x + size.x * (y + size.y * z)]
    }
  }
}

extension SourceGrid<Float> {
  /// Fills a row with values between the eight voxels around each position.
  func interpolate(_ row: SourceRow, outside: Float, into output: UnsafeMutablePointer<Float>) {
    let last = SIMD3<Double>(size &- 1)
    let (rowStride, sliceStride) = (size.x, size.x * size.y)
    for index in row.part(inside: size) {
      let position = row[index].clamped(lowerBound: .zero, upperBound: last)
      let floor = position.rounded(.down)
      let part = SIMD3<Float>(position - floor)
      let corner = SIMD3<Int>(Int(floor.x), Int(floor.y), Int(floor.z))
      let base = voxels + (corner.x + rowStride * corner.y + sliceStride * corner.z)
      let x = corner.x + 1 < size.x ? 1 : 0
      let y = corner.y + 1 < size.y ? rowStride : 0
      let z = corner.z + 1 < size.z ? sliceStride : 0

      let near = mix(mix(base[0], base[x], part.x), mix(base[y], base[y + x], part.x), part.y)
      let far = mix(
        mix(base[z], base[z + x], part.x), mix(base[z + y], base[z + y + x], part.x), part.y)
      output[index] = mix(near, far, part.z)
    }
  }
}

/// From `a` to `b` as `part` goes from 0 to 1.
@inline(__always)
private func mix(_ a: Float, _ b: Float, _ part: Float) -> Float {
  a + (b - a) * part
}
