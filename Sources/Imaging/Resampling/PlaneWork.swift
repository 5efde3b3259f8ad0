internal import CResampling

/// The planes of a new grid that is parallel to the old one, shared out among threads.
///
/// Every plane is a function of the old voxels alone, so the result does not depend on the number
/// of threads. Beside the result each thread holds a plane of the old grid; when axes change
/// places, the slices for a few planes.
struct PlaneWork {
  /// One call of a kernel: plane `index` of the new grid's inside, from `source`.
  struct Task {
    var source: cresampling_source
    let axes: [cresampling_axis]
    let channel: Int
    let index: Int

    /// A plane and a row of the old grid.
    let scratch: UnsafeMutableRawPointer

    /// What is kept of this plane from channel to channel.
    let state: UnsafeMutableRawPointer
  }

  /// Writes a plane of the new grid.
  typealias Kernel<Output> =
    @Sendable (_ task: Task, _ output: UnsafeMutablePointer<Output>) -> Void

  let grids: ParallelGrids
  let sourceSize: SIMD3<Int>
  let targetSize: SIMD3<Int>

  /// How many volumes lie one after the other on the old grid; a plane is written from each in turn.
  var channels = 1

  /// The bytes that are kept of each plane meanwhile.
  var bytesPerPlane = 0

  /// How many threads take part; `nil` for one per core.
  var threads: Int?

  /// Fills the new grid from old voxels.
  ///
  /// - Parameters:
  ///   - voxels: All voxels of the old grid.
  ///   - kernel: Writes rows that are `targetSize.x` apart.
  func fill<Output: Sendable>(
    _ output: UnsafeMutablePointer<Output>, from voxels: UnsafeRawPointer, type: cresampling_type,
    outside: Output, kernel: @escaping Kernel<Output>
  ) {
    let plane = targetSize.x * targetSize.y
    let (inside, block) = (grids.tables.map(\.inside), planesPerBlock)
    let isFull = inside[0].count == targetSize.x && inside[1].count == targetSize.y
    let isEmpty = inside.contains { $0.isEmpty }
    // Every block writes planes of its own.
    nonisolated(unsafe) let (output, voxels, work) = (output, voxels, self)
    shareOut((targetSize.z + block - 1) / block, threads: threads) { number in
      let planes = number * block..<min((number + 1) * block, work.targetSize.z)
      for z in planes where isEmpty || !isFull || !inside[2].contains(z) {
        (output + z * plane).update(repeating: outside, count: plane)
      }
      let within = planes.clamped(to: inside[2])
      guard !isEmpty, !within.isEmpty else { return }
      let first = inside[0].lowerBound + inside[1].lowerBound * work.targetSize.x
      work.run(
        within, of: voxels, type: type, kernel: kernel,
        output: { output + $0 * plane + first })
    }
  }

  /// Enough planes that old slices which must be copied are copied for several of them.
  private var planesPerBlock: Int {
    guard !grids.isStraight else { return max(1, min(8, targetSize.z / 16)) }
    let old = max(1, sourceSize[grids.axes[2]])
    return max(1, min(channels > 1 ? 16 : 64, 16 * targetSize.z / old))
  }

  private func run<Output>(
    _ planes: Range<Int>, of voxels: UnsafeRawPointer, type: cresampling_type,
    kernel: Kernel<Output>, output: (Int) -> UnsafeMutablePointer<Output>
  ) {
    let begin = grids.tables[2].inside.lowerBound
    let local = planes.lowerBound - begin..<planes.upperBound - begin
    let rowBytes = MemoryLayout<Float>.stride * sourceSize[grids.axes[0]]
    let scratch = UnsafeMutableRawPointer.allocate(
      byteCount: rowBytes * (sourceSize[grids.axes[1]] + 1), alignment: 64)
    let state = UnsafeMutableRawPointer.allocate(
      byteCount: bytesPerPlane * planes.count, alignment: 64)
    defer {
      scratch.deallocate()
      state.deallocate()
    }
    let tables = grids.tables.map(\.raw)
    let volume = sourceSize.x * sourceSize.y * sourceSize.z * type.byteCount
    for channel in 0..<channels {
      withSource(voxels + channel * volume, type: type, planes: local) { source in
        for (number, index) in local.enumerated() {
          let task = Task(
            source: source, axes: tables, channel: channel, index: index, scratch: scratch,
            state: state + number * bytesPerPlane)
          kernel(task, output(index + begin))
        }
      }
    }
  }

  /// The old voxels with axes in the new order: in place, or those that `planes` need copied.
  private func withSource(
    _ voxels: UnsafeRawPointer, type: cresampling_type, planes: Range<Int>,
    _ body: (cresampling_source) -> Void
  ) {
    let axes = grids.axes.map { Int64(sourceSize[$0]) }
    var source = cresampling_source(
      voxels: voxels, type: type, size: (axes[0], axes[1], axes[2]), first_slice: 0)
    guard !grids.isStraight else { return body(source) }
    let slices = grids.tables[2].neighbours(of: planes)
    let copied = permuted(slices, of: voxels, width: type.byteCount)
    defer { copied.deallocate() }
    source.voxels = UnsafeRawPointer(copied)
    source.first_slice = Int64(slices.lowerBound)
    body(source)
  }

  /// Slices of the old grid with its axes in the order of the new one's.
  private func permuted(
    _ slices: Range<Int>, of voxels: UnsafeRawPointer, width: Int
  ) -> UnsafeMutableRawPointer {
    let area = sourceSize[grids.axes[0]] * sourceSize[grids.axes[1]]
    let copy = UnsafeMutableRawPointer.allocate(
      byteCount: area * slices.count * width, alignment: 64)
    let size = (0..<3).map { Int64(sourceSize[$0]) }
    cresampling_permute(
      voxels, Int32(width), size, grids.axes.map { Int32($0) }, Int64(slices.lowerBound),
      Int64(slices.count), copy)
    return copy
  }
}

extension cresampling_type {
  /// The bytes of a voxel.
  var byteCount: Int {
    switch self {
    case CRESAMPLING_UINT8: 1
    case CRESAMPLING_FLOAT: 4
    default: 2
    }
  }
}
