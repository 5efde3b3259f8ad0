import Dispatch

/// How a value between voxels is made up.
public enum Interpolation: String, Hashable, Sendable, Codable, CaseIterable {
  /// The value of the closest voxel.
  case nearest

  /// Trilinear, from the eight voxels around.
  case linear
}

/// Volumes on other grids.
///
/// The rule for what lies inside is ITK's: a position belongs to the volume when it lies in the box
/// that the voxels fill, to half a voxel beyond the outermost centres; out there the outermost
/// values go on. The result does not depend on the number of threads.
extension Volume where Scalar == Float {
  /// This volume on another grid; `outside` is the value of voxels beyond the volume's box.
  ///
  /// - Complexity: O(voxels of the new grid), on all cores.
  public func resampled(
    onto target: Geometry, interpolation: Interpolation = .linear, outside: Float = 0
  ) -> Volume<Float> {
    switch interpolation {
    case .nearest:
      return resampledToNearest(onto: target, outside: outside)
    case .linear:
      return resampledByRows(onto: target, outside: outside) { source, row, output in
        source.interpolate(row, outside: outside, into: output)
      }
    }
  }
}

extension Volume where Scalar == UInt16 {
  /// These labels on another grid, each voxel with the label of the closest voxel of this one.
  ///
  /// - Complexity: O(voxels of the new grid), on all cores.
  public func resampled(onto target: Geometry, outside: UInt16 = 0) -> LabelMap {
    resampledToNearest(onto: target, outside: outside)
  }
}

extension Volume {
  private func resampledToNearest(onto target: Geometry, outside: Scalar) -> Volume {
    resampledByRows(onto: target, outside: outside) { source, row, output in
      source.pickNearest(row, outside: outside, into: output)
    }
  }

  /// Fills the rows of the target, shared out among the cores.
  private func resampledByRows(
    onto target: Geometry, outside: Scalar,
    fill: @Sendable (SourceGrid<Scalar>, SourceRow, UnsafeMutablePointer<Scalar>) -> Void
  ) -> Volume {
    guard target != geometry else { return self }
    let map = target.voxelMap(to: geometry)
    let (size, rowCount) = (target.size, target.size.y * target.size.z)
    let rowsPerBlock = max(1, 8192 / size.x)
    let voxels = [Scalar](unsafeUninitializedCapacity: target.voxelCount) { buffer, count in
      guard let start = buffer.baseAddress else { return }
      buffer.initialize(repeating: outside)
      withSourceGrid { source in
        // Every block writes rows of its own.
        nonisolated(unsafe) let (start, source) = (start, source)
        DispatchQueue.concurrentPerform(
          iterations: (rowCount + rowsPerBlock - 1) / rowsPerBlock
        ) { block in
          let first = block * rowsPerBlock
          for row in first..<min(first + rowsPerBlock, rowCount) {
            let (y, z) = (Double(row % size.y), Double(row / size.y))
            let line = SourceRow(start: map([0, y, z]), step: map.x, length: size.x)
            fill(source, line, start + row * size.x)
          }
        }
      }
      count = target.voxelCount
    }
    return Volume(geometry: target, voxels: voxels)
  }

  private func withSourceGrid(_ body: (SourceGrid<Scalar>) -> Void) {
    voxels.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      body(SourceGrid(voxels: start, size: geometry.size))
    }
  }
}
