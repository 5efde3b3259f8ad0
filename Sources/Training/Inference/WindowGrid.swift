import Foundation
import Imaging

/// Where the windows of a sliding-window prediction lie, and how much their voxels weigh.
struct WindowGrid {
  /// The lower corners along x, y and z; negative where the case is smaller than the window.
  let corners: [SIMD3<Int>]

  /// The weight of each voxel of a window, x fastest: a Gaussian with its peak of 1 at the centre.
  let weights: [Float]

  /// - Parameters:
  ///   - size: The case's size in voxels.
  ///   - window: The window's size in voxels.
  ///   - step: The largest distance of neighbouring windows as a share of the window, above 0.
  init(size: SIMD3<Int>, window: [Int], step: Double) {
    let starts = (0..<3).map { Self.starts(size: size[$0], window: window[$0], step: step) }
    corners = starts[2].flatMap { z in
      starts[1].flatMap { y in starts[0].map { x in SIMD3(x, y, z) } }
    }
    weights = Self.gaussian(window)
  }

  /// Evenly spread lower corners that cover `size` voxels.
  ///
  /// Source: `compute_steps_for_sliding_window` of nnU-Net: as few windows as the step allows.
  static func starts(size: Int, window: Int, step: Double) -> [Int] {
    guard size > window else { return [-((window - size) / 2)] }
    let furthest = size - window
    let count = Int((Double(furthest) / (Double(window) * step)).rounded(.up)) + 1
    let distance = Double(furthest) / Double(count - 1)
    return (0..<count).map { Int((Double($0) * distance).rounded()) }
  }

  /// A Gaussian whose deviation is an eighth of the window, and nowhere zero.
  static func gaussian(_ window: [Int]) -> [Float] {
    let profiles = window.map { length in
      (0..<length).map { position in
        let distance = (Double(position) - Double(length - 1) / 2) / (Double(length) / 8)
        return exp(-distance * distance / 2)
      }
    }
    var weights: [Float] = []
    weights.reserveCapacity(window.reduce(1, *))
    for z in profiles[2] {
      for y in profiles[1] {
        for x in profiles[0] { weights.append(max(1e-4, Float(x * y * z))) }
      }
    }
    return weights
  }
}
