import Imaging
import Networks
import Torch

/// One case's images and summed scores as tensors, read and added to window by window.
///
/// Where windows reach beyond the case, the tensors do too; what lies there is zero and is cut off
/// at the end.
struct WindowTensors {
  private let grid: WindowGrid

  /// By how much the tensors begin before the case, along x, y and z.
  private let margin: SIMD3<Int>

  /// The case's size along x, y and z.
  private let size: SIMD3<Int>

  /// Per modality `[1, 1, depth, height, width]`.
  private let images: [Tensor]

  /// `[1, classes, depth, height, width]`.
  private let sums: Tensor

  /// `[1, 1, depth, height, width]`.
  private let weights: Tensor

  /// The weight of a window's voxels, `[1, 1, depth, height, width]`.
  private let importance: Tensor

  /// - Parameter images: One per modality, x fastest; `nil` where it is missing, which reads as zero.
  init(
    _ images: [[Float]?], size: SIMD3<Int>, grid: WindowGrid, classes: Int, device: Device
  ) throws(TorchError) {
    let first = grid.corners.first ?? .zero
    let last = grid.corners.last ?? .zero
    let window = SIMD3(grid.window[0], grid.window[1], grid.window[2])
    let zero = SIMD3<Int>.zero
    let before = pointwiseMax(zero, zero &- first)
    let after = pointwiseMax(zero, last &+ window &- size)
    let padded = Self.shape(size &+ before &+ after)
    self.grid = grid
    self.size = size
    margin = before
    var tensors: [Tensor] = []
    for image in images {
      guard let image else {
        tensors.append(try Tensor.zeros([1, 1] + padded, device: device))
        continue
      }
      let tensor = try Tensor(image, shape: [1, 1] + Self.shape(size)).moved(to: device)
      let isPadded = before != zero || after != zero
      tensors.append(
        isPadded
          ? try tensor.padded(before: Self.shape(before), after: Self.shape(after)) : tensor)
    }
    self.images = tensors
    sums = try Tensor.zeros([1, classes] + padded, device: device)
    weights = try Tensor.zeros([1, 1] + padded, device: device)
    importance = try Tensor(grid.weights, shape: [1, 1] + Self.shape(window)).moved(to: device)
  }

  /// The inputs of the window with this lower corner.
  func inputs(at corner: SIMD3<Int>) throws(TorchError) -> [Tensor] {
    var inputs: [Tensor] = []
    for image in images { inputs.append(try window(of: image, at: corner)) }
    return inputs
  }

  /// Adds the logits `[1, classes, depth, height, width]` of the window with this lower corner.
  func add(_ logits: Tensor, at corner: SIMD3<Int>) throws(TorchError) {
    try window(of: sums, at: corner).addProduct(logits, importance)
    try window(of: weights, at: corner).add(importance)
  }

  /// The weighted means, `[classes, depth, height, width]`, of the case alone.
  ///
  /// They are worked out plane by plane, so they exist once beside the sums.
  func means() throws(TorchError) -> [Float] {
    let classes = sums.shape[1]
    let plane = size.x * size.y
    var means = [Float](repeating: 0, count: classes * plane * size.z)
    for z in 0..<size.z {
      let mean = try row(of: sums, plane: z) / row(of: weights, plane: z)
      try mean.withFloats { values in
        for label in 0..<classes {
          let start = plane * (z + size.z * label)
          for voxel in 0..<plane { means[start + voxel] = values[plane * label + voxel] }
        }
      }
    }
    return means
  }

  /// One plane of the case, `[1, channels, 1, height, width]`.
  private func row(of tensor: Tensor, plane z: Int) throws(TorchError) -> Tensor {
    try tensor.narrowed(axis: 2, from: margin.z + z, count: 1)
      .narrowed(axis: 3, from: margin.y, count: size.y)
      .narrowed(axis: 4, from: margin.x, count: size.x)
  }

  private func window(of tensor: Tensor, at corner: SIMD3<Int>) throws(TorchError) -> Tensor {
    try tensor.narrowed(axis: 2, from: margin.z + corner.z, count: grid.window[2])
      .narrowed(axis: 3, from: margin.y + corner.y, count: grid.window[1])
      .narrowed(axis: 4, from: margin.x + corner.x, count: grid.window[0])
  }

  private static func shape(_ size: SIMD3<Int>) -> [Int] { [size.z, size.y, size.x] }
}

/// The larger of two numbers, axis by axis.
private func pointwiseMax(_ left: SIMD3<Int>, _ right: SIMD3<Int>) -> SIMD3<Int> {
  left.replacing(with: right, where: right .> left)
}
