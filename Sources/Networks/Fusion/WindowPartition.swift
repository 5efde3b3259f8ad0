import Torch

/// Cuts images into cubes that do not overlap; at the far borders they are filled up with zeros.
struct WindowPartition {
  private let batch: Int
  private let channels: Int

  /// Depth, height and width of the images.
  private let grid: [Int]

  /// How many windows there are along each axis.
  private let counts: [Int]

  /// A window's voxels along each axis.
  private let edge: Int

  /// - Parameter shape: `[batch, channels, depth, height, width]`.
  init(of shape: [Int], edge: Int) {
    (batch, channels, grid) = (shape[0], shape[1], Array(shape[2...]))
    counts = grid.map { ($0 + edge - 1) / edge }
    self.edge = edge
  }

  /// The missing voxels along each axis.
  private var missing: [Int] { zip(counts, grid).map { $0 * edge - $1 } }

  /// `[batch, channels, depth, height, width]` as `[windows, voxels, channels]`.
  func split(_ image: Tensor) throws(TorchError) -> Tensor {
    let isWhole = missing.allSatisfy { $0 == 0 }
    let whole = isWhole ? image : try image.padded(before: [0, 0, 0], after: missing)
    return
      try whole
      .reshaped([batch, channels] + counts.flatMap { [$0, edge] })
      .permuted([0, 2, 4, 6, 3, 5, 7, 1])
      .reshaped([batch * counts.reduce(1, *), edge * edge * edge, channels])
  }

  /// The inverse of ``split(_:)``; what filled the windows up is cut off.
  func joined(_ windows: Tensor) throws(TorchError) -> Tensor {
    let whole =
      try windows
      .reshaped([batch] + counts + [edge, edge, edge, channels])
      .permuted([0, 7, 1, 4, 2, 5, 3, 6])
      .reshaped([batch, channels] + counts.map { $0 * edge })
    var image = whole
    for axis in 0..<3 where missing[axis] > 0 {
      image = try image.narrowed(axis: axis + 2, from: 0, count: grid[axis])
    }
    return image
  }

  /// What bars absent features and the filling from attention, one number per window, modality and
  /// voxel; `nil` when there is neither.
  ///
  /// - Parameter present: Per modality, whether each image has it.
  func bar(present: [[Bool]]) -> [Double]? {
    guard missing.contains(where: { $0 > 0 }) || present.contains(where: { $0.contains(false) })
    else { return nil }
    var bar: [Double] = []
    for image in 0..<batch {
      for window in 0..<counts.reduce(1, *) {
        let filling = inside(window: window).map { $0 ? 0 : Bar.score }
        for modality in present {
          bar += modality[image] ? filling : filling.map { _ in Bar.score }
        }
      }
    }
    return bar
  }

  /// Whether each voxel of a window lies in the image.
  private func inside(window: Int) -> [Bool] {
    let corner = [
      window / (counts[1] * counts[2]), window / counts[2] % counts[1], window % counts[2],
    ]
    .map { $0 * edge }
    return (0..<edge * edge * edge).map { voxel in
      let place = [voxel / (edge * edge), voxel / edge % edge, voxel % edge]
      return (0..<3).allSatisfy { corner[$0] + place[$0] < grid[$0] }
    }
  }
}
