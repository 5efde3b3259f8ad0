internal import CResampling

/// The least and the greatest values of a volume, as one pair or slice by slice along an axis.
struct ValueRanges {
  /// The axis of the volume; `nil` for one pair.
  let axis: Int?

  /// Per slice.
  private(set) var lower: [Float]
  private(set) var upper: [Float]

  /// NaN is left out.
  init(of voxels: UnsafePointer<Float>, size: SIMD3<Int>, along axis: Int?, threads: Int?) {
    self.axis = axis
    let entries = axis == 0 ? size.x : axis == 1 ? size.y : 1
    var low = [Float](repeating: .infinity, count: size.z * entries)
    var high = [Float](repeating: -.infinity, count: size.z * entries)
    low.withUnsafeMutableBufferPointer { low in
      high.withUnsafeMutableBufferPointer { high in
        // Every slice along z has entries of its own.
        nonisolated(unsafe) let (low, high, voxels) = (low, high, voxels)
        shareOut(size.z, threads: threads) { z in
          for y in 0..<size.y {
            let row = voxels + size.x * (y + size.y * z)
            let first = z * entries + (axis == 1 ? y : 0)
            if axis == 0 {
              for x in 0..<size.x {
                low[first + x] = row[x] < low[first + x] ? row[x] : low[first + x]
                high[first + x] = row[x] > high[first + x] ? row[x] : high[first + x]
              }
            } else {
              cresampling_extremes(row, Int64(size.x), &low[first], &high[first])
            }
          }
        }
      }
    }
    if axis == 2 {
      (lower, upper) = (low, high)
    } else {
      let parts = { (all: [Float], entry: Int) in stride(from: entry, to: all.count, by: entries) }
      lower = (0..<entries).map { entry in parts(low, entry).map { low[$0] }.min() ?? 0 }
      upper = (0..<entries).map { entry in parts(high, entry).map { high[$0] }.max() ?? 0 }
    }
  }

  /// Keeps a piece of a row in the range of the slice whose index `slice` gives.
  func clamp(
    _ values: UnsafeMutablePointer<Float>, count: Int, slice: (_ index: Int) -> Int
  ) {
    for index in 0..<count {
      let entry = axis == nil ? 0 : slice(index)
      // NaN compares false and stays.
      let value = values[index]
      values[index] =
        value < lower[entry] ? lower[entry] : value > upper[entry] ? upper[entry] : value
    }
  }
}
