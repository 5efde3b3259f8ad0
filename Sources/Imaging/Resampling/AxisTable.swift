internal import CResampling

/// Where the voxels along one axis of a new grid lie on the axis of the old grid that is parallel
/// to it: of each that is inside, its neighbours there and their weights.
final class AxisTable {
  /// A position this close to a voxel, in voxels, is that voxel's: rounding errors of a file's
  /// single precision are no reason to interpolate.
  private static let snap = 1e-5

  /// The new voxels that lie in the old grid's box.
  let inside: Range<Int>

  /// Whether every new voxel is an old one, so that nothing has to be interpolated.
  let isExact: Bool

  /// The table as the kernels read it; its pointers live as long as this object.
  let raw: cresampling_axis

  private let first: UnsafeMutablePointer<Int32>
  private let weights: UnsafeMutablePointer<Float>

  /// - Parameters:
  ///   - start: The position of new voxel 0, in voxels of the old axis.
  ///   - step: From one new voxel to the next.
  ///   - length: The number of new voxels.
  ///   - count: The number of old voxels.
  ///   - keepsOn: Whether the outermost voxels go on beyond the box, so that all is inside.
  init(
    start: Double, step: Double, length: Int, count: Int, order: cresampling_order,
    boundary: cresampling_boundary, keepsOn: Bool = false
  ) {
    let positions = (0..<length).map { start + step * Double($0) }
    let isInside = { (position: Double) in
      keepsOn || (position >= -0.5 && position < Double(count) - 0.5)
    }
    let begin = positions.firstIndex(where: isInside) ?? 0
    let end = positions.lastIndex(where: isInside).map { $0 + 1 } ?? begin
    inside = begin..<end
    isExact = positions[inside].allSatisfy { abs($0 - $0.rounded()) < Self.snap }
    let order = isExact ? CRESAMPLING_NEAREST : order
    first = .allocate(capacity: inside.count)
    weights = .allocate(capacity: inside.count * 4)
    var (neighbours, taps): ([Float], Int32) = ([0, 0, 0, 0], 1)
    for (index, position) in positions[inside].enumerated() {
      taps = cresampling_weights(
        order, boundary, position, Int64(count), first + index, &neighbours)
      for tap in 0..<Int(taps) { weights[index * Int(taps) + tap] = neighbours[tap] }
    }
    raw = cresampling_axis(
      taps: taps, length: Int32(inside.count), first: first, weights: weights)
  }

  deinit {
    first.deallocate()
    weights.deallocate()
  }

  /// The old voxels that the new ones in `range`, counted from the first inside, are made from.
  func neighbours(of range: Range<Int>) -> Range<Int> {
    let firsts = range.map { Int(first[$0]) }
    guard let low = firsts.min(), let high = firsts.max() else { return 0..<0 }
    return low..<high + Int(raw.taps)
  }
}
