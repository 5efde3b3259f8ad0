internal import CResampling
import Dispatch

/// The planes of a new grid that is parallel to the old one, shared out among the cores.
///
/// Every plane is a function of the old voxels alone, so the result does not depend on the number
/// of threads. Beside the result each thread holds a plane of the old grid; when axes change
/// places, the slices for a few planes.
struct PlaneWork {
  /// A kernel: plane `index` of the new grid's inside, from `source`, to `output`.
  typealias Kernel<Output> =
    @Sendable (
      _ source: cresampling_source, _ axes: [cresampling_axis], _ index: Int,
      _ scratch: UnsafeMutableRawPointer, _ output: UnsafeMutablePointer<Output>
    ) -> Void

  let grids: ParallelGrids
  let sourceSize: SIMD3<Int>
  let targetSize: SIMD3<Int>

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
    DispatchQueue.concurrentPerform(iterations: (targetSize.z + block - 1) / block) { number in
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
    return max(1, min(64, 16 * targetSize.z / old))
  }

  private func run<Output>(
    _ planes: Range<Int>, of voxels: UnsafeRawPointer, type: cresampling_type,
    kernel: Kernel<Output>, output: (Int) -> UnsafeMutablePointer<Output>
  ) {
    let axes = grids.axes.map { Int64(sourceSize[$0]) }
    let width = MemoryLayout<Float>.stride * Int(axes[0])
    let scratch = UnsafeMutableRawPointer.allocate(
      byteCount: width * Int(axes[1] + 1), alignment: 64)
    defer { scratch.deallocate() }
    let begin = grids.tables[2].inside.lowerBound
    let local = planes.lowerBound - begin..<planes.upperBound - begin
    var source = cresampling_source(
      voxels: voxels, type: type, size: (axes[0], axes[1], axes[2]), first_slice: 0)
    var copied: UnsafeMutableRawPointer?
    defer { copied?.deallocate() }
    if !grids.isStraight {
      let slices = grids.tables[2].neighbours(of: local)
      copied = permuted(slices, of: voxels, width: type.byteCount)
      source.voxels = UnsafeRawPointer(copied)
      source.first_slice = Int64(slices.lowerBound)
    }
    let tables = grids.tables.map(\.raw)
    for index in local {
      kernel(source, tables, index, scratch, output(index + begin))
    }
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
