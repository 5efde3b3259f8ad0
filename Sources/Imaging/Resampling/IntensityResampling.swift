internal import CResampling

/// One resampling of intensities: which filters, which kernels, in which order.
struct IntensityResampling {
  let source: Geometry
  let target: Geometry
  let resampling: Resampling
  let outside: Float
  let threads: Int?

  /// The axis of the source that is treated on its own.
  private let slices: Int?

  /// The interpolation along each axis of the source.
  private let orders: [Interpolation]

  init(
    source: Geometry, target: Geometry, resampling: Resampling, outside: Float, threads: Int?
  ) {
    self.source = source
    self.target = target
    self.resampling = resampling
    self.outside = outside
    self.threads = threads
    let slices = resampling.acrossSlices == nil ? nil : Anisotropy.axis(from: source, to: target)
    self.slices = slices
    orders = (0..<3).map {
      $0 == slices ? resampling.acrossSlices ?? resampling.interpolation : resampling.interpolation
    }
  }

  /// Writes all voxels of the target.
  func fill(
    _ output: UnsafeMutablePointer<Float>, from voxels: UnsafeRawPointer, type: cresampling_type
  ) {
    let grids = ParallelGrids(from: source, to: target, orders: orders, edge: resampling.edge)
    let filters = filters(for: grids)
    // At an angle, kernels for orders other than linear and nearest throughout read floats.
    let isMixed = grids == nil && (Set(orders).count > 1 || orders[0] == .cubic)
    guard isMixed || filters.contains(where: \.isNeeded) else {
      return fill(output, from: voxels, type: type, grids: grids, ranges: nil)
    }
    let copy = FilteredVoxels(
      voxels, type: type, size: source.size, edge: resampling.edge, threads: threads)
    let ranges =
      resampling.keepsRange
      ? ValueRanges(of: copy.floats, size: source.size, along: slices, threads: threads) : nil
    copy.filter(filters)
    fill(output, from: copy.floats, type: CRESAMPLING_FLOAT, grids: grids, ranges: ranges)
    withExtendedLifetime(copy) {}
  }

  private func filters(for grids: ParallelGrids?) -> [FilteredVoxels.AxisFilter] {
    let deviations = resampling.smoothing.deviations(from: source, to: target)
    return (0..<3).map { axis in
      let isExact = grids?.table(ofSourceAxis: axis)?.isExact ?? false
      return .init(deviation: deviations[axis], isSpline: orders[axis] == .cubic && !isExact)
    }
  }

  private func fill(
    _ output: UnsafeMutablePointer<Float>, from voxels: UnsafeRawPointer, type: cresampling_type,
    grids: ParallelGrids?, ranges: ValueRanges?
  ) {
    if let grids {
      fillPlanes(output, from: voxels, type: type, grids: grids, ranges: ranges)
    } else {
      fillRows(output, from: voxels, type: type, ranges: ranges)
    }
  }

  private func fillPlanes(
    _ output: UnsafeMutablePointer<Float>, from voxels: UnsafeRawPointer, type: cresampling_type,
    grids: ParallelGrids, ranges: ValueRanges?
  ) {
    let kernels = cresampling_best_kernels().pointee
    nonisolated(unsafe) let grids = grids
    let row = target.size.x
    var work = PlaneWork(grids: grids, sourceSize: source.size, targetSize: target.size)
    work.threads = threads
    work.fill(output, from: voxels, type: type, outside: outside) { task, output in
      let floats = task.scratch.assumingMemoryBound(to: Float.self)
      let index = task.index
      var (source, axes) = (task.source, task.axes)
      axes.withUnsafeMutableBufferPointer { axes in
        kernels.plane(
          &source, &axes[0], &axes[1], &axes[2], Int64(index), floats, output, Int64(row))
      }
      guard let ranges else { return }
      let along = grids.axes.firstIndex { $0 == ranges.axis } ?? 0
      let table = axes[along].first
      for y in 0..<Int(axes[1].length) {
        ranges.clamp(output + y * row, count: Int(axes[0].length)) { x in
          Int(table?[[x, y, index][along]] ?? 0)
        }
      }
    }
  }

  private func fillRows(
    _ output: UnsafeMutablePointer<Float>, from voxels: UnsafeRawPointer, type: cresampling_type,
    ranges: ValueRanges?
  ) {
    let kernels = cresampling_best_kernels().pointee
    let isNearest = orders.allSatisfy { $0 == .nearest }
    let size = source.size
    var work = RowWork(source: source, target: target, orders: orders, edge: resampling.edge)
    work.threads = threads
    work.fill(output, from: voxels, type: type, outside: outside) { source, row, output in
      var (source, row) = (source, row)
      guard !isNearest else {
        return withUnsafeTemporaryAllocation(
          byteCount: type.byteCount * Int(row.length), alignment: 16
        ) { stored in
          guard let start = stored.baseAddress else { return }
          kernels.pick_row(&source, &row, start)
          cresampling_load(type, start, row.length, output)
        }
      }
      kernels.row(&source, &row, output)
      guard let ranges else { return }
      let (start, step) = Self.positions(of: row, axis: ranges.axis ?? 0)
      let last = size[ranges.axis ?? 0] - 1
      ranges.clamp(output, count: Int(row.length)) { x in
        min(max(Int((start + step * Double(x) + 0.5).rounded(.down)), 0), last)
      }
    }
  }

  private static func positions(of row: cresampling_row, axis: Int) -> (Double, Double) {
    switch axis {
    case 0: (row.start.0, row.step.0)
    case 1: (row.start.1, row.step.1)
    default: (row.start.2, row.step.2)
    }
  }
}
