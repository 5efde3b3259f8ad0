internal import CResampling
import Foundation

/// A copy of a volume's voxels as floats, smoothed and turned into spline coefficients along the
/// axes that ask for it: the one thing for which resampling needs as much memory as the volume.
final class FilteredVoxels {
  /// What is done along one axis.
  struct AxisFilter {
    /// The Gaussian's standard deviation in voxels; 0 for none.
    var deviation = 0.0

    /// Whether the samples become coefficients.
    var isSpline = false

    var isNeeded: Bool { deviation > 0 || isSpline }

    /// The middle of the Gaussian and one side, to four standard deviations, as in scipy.ndimage.
    var kernel: [Float] {
      guard deviation > 0 else { return [] }
      let radius = Int(4 * deviation + 0.5)
      let side = (0...radius).map { exp(-0.5 * Double($0 * $0) / (deviation * deviation)) }
      let sum = 2 * side.reduce(0, +) - side[0]
      return side.map { Float($0 / sum) }
    }
  }

  let floats: UnsafeMutablePointer<Float>

  private let size: SIMD3<Int>
  private let edge: SplineEdge
  private let threads: Int?

  /// The voxels as floats; nothing is filtered yet.
  init(
    _ voxels: UnsafeRawPointer, type: cresampling_type, size: SIMD3<Int>, edge: SplineEdge,
    threads: Int?
  ) {
    self.size = size
    self.edge = edge
    self.threads = threads
    let count = size.x * size.y * size.z
    floats = .allocate(capacity: count)
    UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(start: floats, count: count))
      .preferLargePages()
    let (area, width) = (size.x * size.y, type.byteCount)
    nonisolated(unsafe) let (voxels, to) = (voxels, floats)
    shareOut(size.z, threads: threads) { z in
      cresampling_load(type, voxels + z * area * width, Int64(area), to + z * area)
    }
  }

  deinit {
    floats.deallocate()
  }

  /// Filters along every axis that needs it. Along different axes the filters commute; along one
  /// the Gaussian comes first.
  func filter(_ filters: [AxisFilter]) {
    let area = size.x * size.y
    let lines = LineFilter(edge: edge, kernels: filters.map(\.kernel))
    nonisolated(unsafe) let to = floats
    let size = size
    if filters[0].isNeeded || filters[1].isNeeded {
      shareOut(size.z, threads: threads) { z in
        let slice = to + z * area
        if filters[0].isNeeded {
          for y in stride(from: 0, to: size.y, by: 16) {
            lines.filterRows(
              slice + y * size.x, count: size.x, lanes: min(16, size.y - y), filters[0], axis: 0)
          }
        }
        if filters[1].isNeeded {
          lines.filter(slice, count: size.y, stride: size.x, width: size.x, filters[1], axis: 1)
        }
      }
    }
    guard filters[2].isNeeded else { return }
    shareOut(size.y, threads: threads) { y in
      lines.filter(
        to + y * size.x, count: size.z, stride: area, width: size.x, filters[2], axis: 2)
    }
  }
}

/// The filters of lines, several lines side by side.
private struct LineFilter: @unchecked Sendable {
  let edge: SplineEdge

  /// The Gaussian of each axis.
  let kernels: [[Float]]

  private let code = cresampling_best_kernels().pointee

  init(edge: SplineEdge, kernels: [[Float]]) {
    self.edge = edge
    self.kernels = kernels
  }

  /// Filters `width` neighbouring lines whose samples are `stride` apart.
  func filter(
    _ start: UnsafeMutablePointer<Float>, count: Int, stride step: Int, width: Int,
    _ filter: FilteredVoxels.AxisFilter, axis: Int
  ) {
    for first in stride(from: 0, to: width, by: Int(CRESAMPLING_LANES)) {
      let lanes = min(Int(CRESAMPLING_LANES), width - first)
      let lines = start + first
      if filter.deviation > 0 {
        let copy = UnsafeMutablePointer<Float>.allocate(capacity: count * lanes)
        defer { copy.deallocate() }
        for index in 0..<count {
          (copy + index * lanes).update(from: lines + index * step, count: lanes)
        }
        convolve(copy, count: count, lanes: lanes, axis: axis, into: lines, stride: step)
      }
      if filter.isSpline {
        code.spline(lines, Int64(count), Int64(step), Int64(lanes), edge.kernelBoundary)
      }
    }
  }

  /// Filters along `lanes` rows of `count` values.
  func filterRows(
    _ rows: UnsafeMutablePointer<Float>, count: Int, lanes: Int,
    _ filter: FilteredVoxels.AxisFilter, axis: Int
  ) {
    let block = UnsafeMutablePointer<Float>.allocate(capacity: count * lanes)
    defer { block.deallocate() }
    cresampling_interleave(rows, Int64(count), Int64(count), Int64(lanes), block)
    self.filter(block, count: count, stride: lanes, width: lanes, filter, axis: axis)
    cresampling_separate(block, Int64(count), Int64(count), Int64(lanes), rows)
  }

  private func convolve(
    _ lines: UnsafePointer<Float>, count: Int, lanes: Int, axis: Int,
    into output: UnsafeMutablePointer<Float>, stride: Int
  ) {
    code.convolve(
      lines, Int64(count), Int64(lanes), kernels[axis], Int64(kernels[axis].count - 1), output,
      Int64(stride))
  }
}
