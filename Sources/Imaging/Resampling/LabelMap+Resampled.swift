internal import CResampling

/// A type in which labels are stored.
public protocol LabelScalar: FixedWidthInteger, UnsignedInteger, Sendable {
  /// Which of them it is.
  static var labelStorage: LabelStorage { get }
}

/// How a label is stored.
public enum LabelStorage: Sendable {
  case uint8, uint16

  var kernelType: cresampling_type { self == .uint8 ? CRESAMPLING_UINT8 : CRESAMPLING_UINT16 }
}

extension UInt8: LabelScalar {
  public static var labelStorage: LabelStorage { .uint8 }
}

extension UInt16: LabelScalar {
  public static var labelStorage: LabelStorage { .uint16 }
}

extension Volume where Scalar: LabelScalar {
  /// These labels on another grid; voxels beyond the labels' box become `outside`.
  ///
  /// - Parameter threads: How many threads take part; `nil` for one per core.
  /// - Complexity: O(voxels of the new grid), on all cores, however many labels there are. It takes
  ///   no memory but the result's and a plane per core.
  public func resampled(
    onto target: Geometry, by interpolation: LabelInterpolation = .nearest, outside: Scalar = 0,
    threads: Int? = nil
  ) -> Volume {
    guard target != geometry else { return self }
    return voxels.withUnsafeBytes { bytes in
      let voxels = [Scalar](unsafeUninitializedCapacity: target.voxelCount) { buffer, count in
        guard let start = buffer.baseAddress, let source = bytes.baseAddress else { return }
        UnsafeMutableRawBufferPointer(buffer).preferLargePages()
        LabelResampling(
          source: geometry, target: target, interpolation: interpolation, threads: threads
        ).fill(start, from: source, outside: outside)
        count = target.voxelCount
      }
      return Volume(geometry: target, voxels: voxels)
    }
  }
}

/// One resampling of labels.
private struct LabelResampling {
  let source: Geometry
  let target: Geometry
  let interpolation: LabelInterpolation
  let threads: Int?

  /// The interpolation along each axis of the source.
  private var orders: [Interpolation] {
    let slices = interpolation == .voteInPlane ? Anisotropy.axis(from: source, to: target) : nil
    return (0..<3).map { interpolation == .nearest || $0 == slices ? .nearest : .linear }
  }

  func fill<Scalar: LabelScalar>(
    _ output: UnsafeMutablePointer<Scalar>, from voxels: UnsafeRawPointer, outside: Scalar
  ) {
    let type = Scalar.labelStorage.kernelType
    let kernels = cresampling_best_kernels().pointee
    let (isNearest, row) = (interpolation == .nearest, Int64(target.size.x))
    guard let grids = ParallelGrids(from: source, to: target, orders: orders) else {
      var work = RowWork(source: source, target: target, orders: orders)
      work.threads = threads
      return work.fill(
        output, from: voxels, type: type, outside: outside
      ) { source, row, output in
        var (source, row) = (source, row)
        isNearest
          ? kernels.pick_row(&source, &row, output) : kernels.vote_row(&source, &row, output)
      }
    }
    var work = PlaneWork(grids: grids, sourceSize: source.size, targetSize: target.size)
    work.threads = threads
    work.fill(output, from: voxels, type: type, outside: outside) { task, output in
      var (source, axes) = (task.source, task.axes)
      axes.withUnsafeMutableBufferPointer { axes in
        let bytes = task.scratch.assumingMemoryBound(to: UInt8.self)
        isNearest || axes.allSatisfy({ $0.taps == 1 })
          ? kernels.pick_plane(
            &source, &axes[0], &axes[1], &axes[2], Int64(task.index), output, row)
          : kernels.vote_plane(
            &source, &axes[0], &axes[1], &axes[2], Int64(task.index), bytes, output, row)
      }
    }
  }
}
