import Imaging

/// A part of a label map as a mask of zeros and ones with a frame of one voxel around it.
///
/// The frame is 0, or repeats the outermost voxels where the grid ends: along an axis of one voxel
/// always, along others on request.
struct PaddedMask {
  /// The number of voxels along each axis, the frame included.
  let size: SIMD3<Int>

  /// One byte per voxel, x fastest.
  let bytes: [UInt8]

  /// - Parameters:
  ///   - labels: The values that are inside.
  ///   - repeatsEdges: Whether the frame repeats the voxels at the grid's ends.
  init(_ map: LabelMap, of labels: Set<Int>, in box: VoxelBox, repeatsEdges: Bool) {
    let (size, grid) = (box.size &+ 2, map.geometry.size)
    let row = MaskRow(labels: labels, start: box.lower.x, length: size.x)
    let ends = [0, size.x - 1].map { index in
      Self.source(index, 0, of: box, grid, repeatsEdges: repeatsEdges)
    }
    self.size = size
    bytes = [UInt8](unsafeUninitializedCapacity: size.x * size.y * size.z) { buffer, count in
      map.voxels.withUnsafeBufferPointer { voxels in
        nonisolated(unsafe) let (voxels, bytes) = (voxels, buffer)
        Parallel.forEachRange(of: size.z, grain: 8) { planes in
          for line in planes.lowerBound * size.y..<planes.upperBound * size.y {
            let target = UnsafeMutableBufferPointer(
              rebasing: bytes[line * size.x..<(line + 1) * size.x])
            guard
              let z = Self.source(line / size.y, 2, of: box, grid, repeatsEdges: repeatsEdges),
              let y = Self.source(line % size.y, 1, of: box, grid, repeatsEdges: repeatsEdges)
            else {
              target.initialize(repeating: 0)
              continue
            }
            let start = (z * grid.y + y) * grid.x
            row.fill(
              target, from: UnsafeBufferPointer(rebasing: voxels[start..<start + grid.x]),
              ends: ends)
          }
        }
      }
      count = buffer.count
    }
  }

  /// The voxel of the map that a voxel of the padded box shows; `nil`: nothing, which is 0.
  private static func source(
    _ index: Int, _ axis: Int, of box: VoxelBox, _ grid: SIMD3<Int>, repeatsEdges: Bool
  ) -> Int? {
    let place = box.lower[axis] + index - 1
    if (0..<grid[axis]).contains(place) { return place }
    return repeatsEdges || grid[axis] == 1 ? min(max(place, 0), grid[axis] - 1) : nil
  }
}

/// How a row of labels becomes a row of zeros and ones.
private struct MaskRow {
  /// Whether each value is inside, where there are several.
  private let table: [UInt8]

  /// The value that is inside, where there is one.
  private let single: UInt16?

  private let start: Int
  private let length: Int

  init(labels: Set<Int>, start: Int, length: Int) {
    single = labels.count == 1 ? labels.first.map { UInt16($0) } : nil
    var table = [UInt8](repeating: 0, count: Int(UInt16.max) + 1)
    for label in labels { table[label] = 1 }
    (self.table, self.start, self.length) = (table, start, length)
  }

  /// - Parameter ends: The voxels that the first and the last byte show.
  func fill(
    _ target: UnsafeMutableBufferPointer<UInt8>, from row: UnsafeBufferPointer<UInt16>,
    ends: [Int?]
  ) {
    let inner = start - 1
    if let single {
      for x in 1..<length - 1 {
        target.initializeElement(at: x, to: row[inner + x] == single ? 1 : 0)
      }
    } else {
      for x in 1..<length - 1 {
        target.initializeElement(at: x, to: table[Int(row[inner + x])])
      }
    }
    for (x, source) in zip([0, length - 1], ends) {
      target.initializeElement(at: x, to: source.map { table[Int(row[$0])] } ?? 0)
    }
  }
}
