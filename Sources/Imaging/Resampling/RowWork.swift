internal import CResampling

/// The rows of a new grid at any angle to the old one, shared out among threads.
struct RowWork {
  /// A kernel: a piece of a row from `source` to `output`.
  typealias Kernel<Output> =
    @Sendable (
      _ source: cresampling_source, _ row: cresampling_row, _ output: UnsafeMutablePointer<Output>
    ) -> Void

  /// The old grid.
  let source: Geometry

  /// The new grid.
  let target: Geometry

  /// The interpolation along each axis of the old grid.
  let orders: [Interpolation]

  var edge = SplineEdge.mirrored

  /// Whether the outermost voxels go on beyond the old grid's box.
  var keepsOn = false

  /// How many threads take part; `nil` for one per core.
  var threads: Int?

  /// Fills the new grid from old voxels.
  func fill<Output: Sendable>(
    _ output: UnsafeMutablePointer<Output>, from voxels: UnsafeRawPointer, type: cresampling_type,
    outside: Output, kernel: @escaping Kernel<Output>
  ) {
    let (size, map) = (target.size, target.voxelMap(to: source))
    let codes = orders.map(\.kernelOrder)
    let kinds = (codes[0], codes[1], codes[2])
    let grid = cresampling_source(
      voxels: voxels, type: type,
      size: (Int64(source.size.x), Int64(source.size.y), Int64(source.size.z)), first_slice: 0)
    let rows = size.y * size.z
    let block = max(1, 8192 / size.x)
    let ahead = memoryAhead(map)
    let order = BlockOrder(
      blocks: (rows + block - 1) / block, threads: threads, isSpread: waitsForMemory)
    // Every block writes rows of its own.
    nonisolated(unsafe) let (output, old) = (output, grid)
    shareOut(order.count, threads: threads) { place in
      guard let number = order[place] else { return }
      for index in number * block..<min((number + 1) * block, rows) {
        let to = output + index * size.x
        let line = SourceRow(
          start: map([0, Double(index % size.y), Double(index / size.y)]), step: map.x,
          length: size.x)
        let inside = keepsOn ? 0..<size.x : line.part(inside: source.size)
        to.update(repeating: outside, count: inside.lowerBound)
        (to + inside.upperBound).update(repeating: outside, count: size.x - inside.upperBound)
        guard !inside.isEmpty else { continue }
        var row = kernelRow(line, inside, kinds)
        row.ahead = ahead
        kernel(old, row, to + inside.lowerBound)
      }
    }
  }

  /// Whether a row takes less arithmetic than memory.
  private var waitsForMemory: Bool { orders.allSatisfy { $0 == .linear } }

  /// How much further on the row after the next one lies, in voxels of the old grid's memory.
  private func memoryAhead(_ map: AffineMap) -> Int64 {
    let voxels = 2 * map.y
    let (width, height) = (Double(source.size.x), Double(source.size.y))
    let ahead =
      voxels.x.rounded() + width * (voxels.y.rounded() + height * voxels.z.rounded())
    return Int64(exactly: ahead) ?? 0
  }

  private func kernelRow(
    _ line: SourceRow, _ part: Range<Int>,
    _ order: (cresampling_order, cresampling_order, cresampling_order)
  ) -> cresampling_row {
    let (start, step) = (line[part.lowerBound], line.step)
    return cresampling_row(
      start: (start.x, start.y, start.z), step: (step.x, step.y, step.z),
      length: Int64(part.count), order: order, boundary: edge.kernelBoundary, ahead: 0)
  }
}

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
      let one = (-0.5 - start[axis]) / step[axis]
      let other = (upper[axis] - start[axis]) / step[axis]
      low = max(low, min(one, other) - 1)
      high = min(high, max(one, other) + 2)
    }
    guard low < high else { return 0..<0 }
    // The ends above are a voxel too generous, which leaves rounding no say.
    var (first, end) = (Int(low), Int(high))
    while first < end, !isInside(first) { first += 1 }
    while end > first, !isInside(end - 1) { end -= 1 }
    return first..<end
  }
}
