internal import CResampling

/// Scores of several classes on one grid, decided on another.
public enum ScoreResampling {
  /// The label of the class whose score, interpolated trilinearly, is the greatest, the first of
  /// equals; beyond the box of the scores the outermost ones go on.
  ///
  /// The scores of all classes never exist on the new grid at once: beside the result each thread
  /// holds a few planes of one class at a time; at an angle nothing.
  ///
  /// - Parameters:
  ///   - scores: The scores of class 0 of all voxels, x fastest, then of class 1 and so on.
  ///   - source: The grid of the scores.
  ///   - target: The grid to decide on.
  ///   - labels: The label of each class.
  ///   - threads: How many threads take part; `nil` for one per core.
  /// - Precondition: There is a score per class and voxel.
  /// - Complexity: O(classes × voxels of the new grid), on all cores.
  public static func labelMap(
    of scores: [Float], on source: Geometry, onto target: Geometry, labels: [UInt16],
    threads: Int? = nil
  ) -> LabelMap {
    precondition(
      scores.count == labels.count * source.voxelCount, "one score per class and voxel")
    let voxels = [UInt16](unsafeUninitializedCapacity: target.voxelCount) { buffer, count in
      UnsafeMutableRawBufferPointer(buffer).preferLargePages()
      scores.withUnsafeBytes { bytes in
        guard let output = buffer.baseAddress, let scores = bytes.baseAddress else { return }
        let work = ScoreWork(source: source, target: target, labels: labels, threads: threads)
        work.fill(output, from: scores)
      }
      count = target.voxelCount
    }
    return LabelMap(geometry: target, voxels: voxels)
  }
}

/// One decision of scores.
private struct ScoreWork {
  let source: Geometry
  let target: Geometry
  let labels: [UInt16]
  let threads: Int?

  func fill(_ output: UnsafeMutablePointer<UInt16>, from scores: UnsafeRawPointer) {
    let linear: [Interpolation] = [.linear, .linear, .linear]
    if let grids = ParallelGrids(from: source, to: target, orders: linear, keepsOn: true) {
      fillPlanes(output, from: scores, grids: grids)
    } else {
      fillRows(output, from: scores)
    }
  }

  private func fillPlanes(
    _ output: UnsafeMutablePointer<UInt16>, from scores: UnsafeRawPointer, grids: ParallelGrids
  ) {
    let kernels = cresampling_best_kernels().pointee
    let (row, plane) = (target.size.x, target.size.x * target.size.y)
    var work = PlaneWork(grids: grids, sourceSize: source.size, targetSize: target.size)
    work.threads = threads
    work.channels = labels.count
    // The best scores so far, and those of the class at hand.
    work.bytesPerPlane = plane * MemoryLayout<Float>.stride
    work.fill(output, from: scores, type: CRESAMPLING_FLOAT, outside: 0) { task, output in
      var (source, axes) = (task.source, task.axes)
      let best = task.state.assumingMemoryBound(to: Float.self)
      if task.channel == 0 {
        best.update(repeating: -.infinity, count: plane)
        output.update(repeating: labels[0], count: plane)
      }
      withUnsafeTemporaryAllocation(of: Float.self, capacity: plane) { made in
        guard let made = made.baseAddress else { return }
        axes.withUnsafeMutableBufferPointer { axes in
          kernels.plane(
            &source, &axes[0], &axes[1], &axes[2], Int64(task.index),
            task.scratch.assumingMemoryBound(to: Float.self), made, Int64(row))
        }
        kernels.contest(made, Int64(plane), labels[task.channel], best, output)
      }
    }
  }

  private func fillRows(_ output: UnsafeMutablePointer<UInt16>, from scores: UnsafeRawPointer) {
    let kernels = cresampling_best_kernels().pointee
    let stride = Int64(source.voxelCount)
    var work = RowWork(source: source, target: target, orders: [.linear, .linear, .linear])
    work.keepsOn = true
    work.threads = threads
    work.fill(output, from: scores, type: CRESAMPLING_FLOAT, outside: 0) { source, row, output in
      var (source, row) = (source, row)
      kernels.decide_row(&source, &row, stride, labels, Int64(labels.count), output)
    }
  }
}
