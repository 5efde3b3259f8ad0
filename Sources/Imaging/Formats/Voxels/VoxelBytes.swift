internal import CVoxels
import Foundation

/// The bytes of a scan's voxels in memory.
///
/// They are filled by whoever made them and not changed after that, so they can be shared.
final class VoxelBytes: @unchecked Sendable {
  /// All of the memory.
  let memory: UnsafeMutableRawBufferPointer

  /// The part of the memory that has the voxels.
  private let range: Range<Int>

  /// Whether the memory is the system's own, which takes it back at once.
  private let isMapped: Bool

  /// Memory for `count` bytes, not yet filled, of which those before `skipped` are no voxels.
  init(count: Int, skipping skipped: Int = 0) {
    let pages =
      count < 1 << 20
      ? nil : mmap(nil, count, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    if let pages, Int(bitPattern: pages) != -1 {
      (memory, isMapped) = (UnsafeMutableRawBufferPointer(start: pages, count: count), true)
    } else {
      (memory, isMapped) = (.allocate(byteCount: count, alignment: 64), false)
    }
    memory.preferLargePages()
    range = skipped..<count
  }

  /// The bytes of numbers, copied.
  convenience init<Number: VoxelNumber>(_ numbers: [Number]) {
    let count = numbers.count * MemoryLayout<Number>.stride
    self.init(count: count)
    numbers.withUnsafeBytes { memory.copyMemory(from: $0) }
  }

  deinit {
    guard isMapped else { return memory.deallocate() }
    munmap(memory.baseAddress, memory.count)
  }

  /// How many bytes of voxels there are.
  var count: Int { range.count }

  /// Calls `body` with the voxels.
  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    body(UnsafeRawBufferPointer(rebasing: memory[range]))
  }

  /// Gives the memory of some voxels back to the system, by whole pages; nobody may read them again.
  func discard(_ part: Range<Int>) {
    guard isMapped, let start = memory.baseAddress else { return }
    let page = Int(sysconf(Int32(_SC_PAGESIZE)))
    let first = (range.lowerBound + part.lowerBound + page - 1) / page * page
    let end = (range.lowerBound + part.upperBound) / page * page
    // Memory that stays until the end does no harm.
    if first < end { _ = madvise(start + first, end - first, MADV_DONTNEED) }
  }

  /// Turns the order of the bytes of every number; only while the bytes are being filled.
  func swap(_ type: VoxelType, threads: Int? = nil) {
    guard type.byteCount > 1, let start = memory.baseAddress else { return }
    nonisolated(unsafe) let first = start + range.lowerBound
    forEachPiece(of: count / type.byteCount, threads: threads) { piece in
      cvoxels_swap(
        first + piece.lowerBound * type.byteCount, Int64(piece.count), Int32(type.byteCount))
    }
  }
}

extension UnsafeMutableRawBufferPointer {
  /// Asks the system for large pages, which saves most of the time that new memory costs.
  func preferLargePages() {
    let page = 1 << 21
    guard let start = baseAddress, count >= 2 * page else { return }
    let first = (Int(bitPattern: start) + page - 1) / page * page
    let length = (Int(bitPattern: start) + count - first) / page * page
    // It is a wish: memory without it is as good.
    _ = madvise(UnsafeMutableRawPointer(bitPattern: first), length, 14)  // MADV_HUGEPAGE
  }
}

extension VoxelBytes {
  /// Some of the bytes, copied.
  func slice(_ part: Range<Int>) -> VoxelBytes {
    let copy = VoxelBytes(count: part.count)
    withBytes { copy.memory.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[part])) }
    return copy
  }

  /// Voxels of `width` bytes in the order x, y, z, taken from where `strides`, counted in `unit`
  /// bytes, say they are.
  func gathered(
    _ size: SIMD3<Int>, _ strides: SIMD3<Int>, width: Int, unit: Int
  ) -> VoxelBytes {
    let result = VoxelBytes(count: size.x * size.y * size.z * width)
    withBytes { bytes in
      var target = 0
      for z in 0..<size.z {
        for y in 0..<size.y {
          let row = (z * strides.z + y * strides.y) * unit
          for x in 0..<size.x {
            let source = row + x * strides.x * unit
            for byte in 0..<width { result.memory[target + byte] = bytes[source + byte] }
            target += width
          }
        }
      }
    }
    return result
  }
}
