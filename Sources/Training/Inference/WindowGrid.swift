import Foundation
import Imaging

/// Where the windows of a sliding-window prediction lie, and how much their voxels weigh.
///
/// Lists are along x, y and z.
struct WindowGrid {
  /// The windows' size in voxels.
  let window: [Int]

  /// The lower corners; negative where the case is smaller than the window.
  let corners: [SIMD3<Int>]

  /// The weight of each voxel of a window, x fastest; the highest is 1.
  let weights: [Float]

  /// - Parameters:
  ///   - size: The case's size in voxels.
  ///   - patch: The size of the patches that the network learnt from.
  ///   - window: The windows' size; along each axis the patch's or larger.
  ///   - step: The largest distance of neighbouring windows of the patch's size as a share of it,
  ///     above 0; windows of any size overlap by the rest of it.
  init(size: SIMD3<Int>, patch: [Int], window: [Int], step: Double) {
    let starts = (0..<3).map { axis in
      let overlap = Double(patch[axis]) * (1 - step)
      return Self.starts(
        size: size[axis], window: window[axis], distance: Double(window[axis]) - overlap)
    }
    self.window = window
    corners = starts[2].flatMap { z in
      starts[1].flatMap { y in starts[0].map { x in SIMD3(x, y, z) } }
    }
    weights = Self.weights(window: window, patch: patch)
  }

  /// Evenly spread lower corners, at most `distance` apart, that cover `size` voxels.
  ///
  /// Source: `compute_steps_for_sliding_window` of nnU-Net: as few windows as the step allows.
  static func starts(size: Int, window: Int, distance: Double) -> [Int] {
    guard size > window else { return [-((window - size) / 2)] }
    let furthest = size - window
    let count = Int((Double(furthest) / distance).rounded(.up)) + 1
    let spread = Double(furthest) / Double(count - 1)
    return (0..<count).map { Int((Double($0) * spread).rounded()) }
  }

  /// A Gaussian at the window's border, whose deviation is an eighth of the patch, and 1 from half a
  /// patch inwards; nowhere zero. For a window of the patch's size this is nnU-Net's Gaussian.
  static func weights(window: [Int], patch: [Int]) -> [Float] {
    let profiles = zip(window, patch).map { length, patch in
      (0..<length).map { position in
        let inwards = min(Double(position), Double(length - 1 - position))
        let distance = max(0, (Double(patch - 1) / 2 - inwards) / (Double(patch) / 8))
        return exp(-distance * distance / 2)
      }
    }
    var weights: [Float] = []
    weights.reserveCapacity(window.reduce(1, *))
    for z in profiles[2] {
      for y in profiles[1] {
        let row = z * y
        for x in profiles[0] { weights.append(max(1e-4, Float(row * x))) }
      }
    }
    return weights
  }
}
