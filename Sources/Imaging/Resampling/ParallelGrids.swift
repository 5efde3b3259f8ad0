internal import CResampling

/// Two grids whose axes are parallel, perhaps permuted and flipped: values can be interpolated
/// along one axis after the other.
struct ParallelGrids {
  /// The most that taking the axes for parallel may move a voxel, in voxels of the old grid: a
  /// noise of 1e-6 in the direction of a thousand voxels.
  private static let drift = 1e-3

  /// For each axis of the new grid, the axis of the old one that is parallel to it.
  let axes: [Int]

  /// For each axis of the new grid, where its voxels lie.
  let tables: [AxisTable]

  /// `nil` when the axes are not parallel.
  ///
  /// - Parameter orders: The interpolation along each axis of the old grid.
  init?(
    from source: Geometry, to target: Geometry, orders: [Interpolation],
    edge: SplineEdge = .mirrored, keepsOn: Bool = false
  ) {
    let map = target.voxelMap(to: source)
    let columns = [map.x, map.y, map.z]
    let axes = columns.map { column in
      (0..<3).max { abs(column[$0]) < abs(column[$1]) } ?? 0
    }
    guard Set(axes).count == 3 else { return nil }
    // Beside its own axis a new axis leads astray by as much as its length times its slope.
    var (drift, middle) = (SIMD3<Double>.zero, map.offset)
    for axis in 0..<3 {
      var beside = columns[axis] * Double(target.size[axis] - 1)
      beside[axes[axis]] = 0
      drift += SIMD3(abs(beside.x), abs(beside.y), abs(beside.z))
      middle += beside / 2
    }
    guard drift.max() < Self.drift else { return nil }
    self.axes = axes
    tables = (0..<3).map { axis in
      let along = axes[axis]
      return AxisTable(
        start: middle[along], step: columns[axis][along], length: target.size[axis],
        count: source.size[along], order: orders[along].kernelOrder,
        boundary: edge.kernelBoundary, keepsOn: keepsOn)
    }
  }

  /// Whether the axes keep their order.
  var isStraight: Bool { axes == [0, 1, 2] }

  /// The table of an axis of the old grid.
  func table(ofSourceAxis axis: Int) -> AxisTable? {
    axes.firstIndex(of: axis).map { tables[$0] }
  }
}
