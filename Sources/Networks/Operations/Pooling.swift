public import Torch

/// The mean of each 3×3×3 neighbourhood; at the border, of the voxels that are inside.
public struct AveragePooling: Layer {
  public init() {}

  public func callAsFunction(_ input: Tensor) throws(TorchError) -> Tensor {
    if Window.fits(in: input) {
      return try input.averagePooled(
        window: Window.size, stride: Window.stride, padding: Window.stride)
    }
    // libtorch refuses images that are smaller than the window, whatever surrounds them.
    let inside = try Tensor.ones(
      [1, 1] + input.shape.dropFirst(2), type: input.scalarType, device: input.device)
    return try Self.sums(input) / Self.sums(inside)
  }

  public func candidate(reading input: Tensor) throws(TorchError) -> Tensor.Candidate {
    Window.fits(in: input) ? .averagePool : .image(try self(input))
  }

  /// A 27th of the sum of each neighbourhood, what lies outside counting as zero.
  private static func sums(_ image: Tensor) throws(TorchError) -> Tensor {
    try image.padded(before: Window.stride, after: Window.stride)
      .averagePooled(window: Window.size, stride: Window.stride)
  }
}

/// The largest number of each 3×3×3 neighbourhood.
public struct MaxPooling: Layer {
  public init() {}

  public func callAsFunction(_ input: Tensor) throws(TorchError) -> Tensor {
    try input.maxPooled(window: Window.size, stride: Window.stride, padding: Window.stride)
  }

  public func candidate(reading input: Tensor) -> Tensor.Candidate { .maxPool }
}

/// The neighbourhood of a voxel.
private enum Window {
  static let edge = 3
  static let size = [edge, edge, edge]
  static let stride = [1, 1, 1]

  static func fits(in image: Tensor) -> Bool { image.shape.dropFirst(2).allSatisfy { $0 >= edge } }
}
