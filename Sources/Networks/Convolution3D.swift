public import Torch

/// A convolution over depth, height and width, padded with zeros by half its kernel.
///
/// `[batch, inChannels, D, H, W]` becomes `[batch, outChannels, ⌈D/stride⌉, ⌈H/stride⌉,
/// ⌈W/stride⌉]`.
public struct Convolution3D: Layer {
  /// `[outChannels, inChannels, depth, height, width]`.
  public let weight: Tensor

  /// `[outChannels]`; `nil` where something after the convolution shifts anyway.
  public let bias: Tensor?

  public let stride: [Int]
  public let padding: [Int]

  /// Creates a convolution with random weights and a bias of zero.
  ///
  /// - Parameter kernel: The size along depth, height and width.
  /// - Precondition: All sizes of the kernel are odd.
  public init(
    inChannels: Int, outChannels: Int, kernel: [Int], stride: [Int] = [1, 1, 1], bias: Bool = true,
    using generator: inout some RandomNumberGenerator
  ) throws(TorchError) {
    precondition(
      kernel.count == 3 && kernel.allSatisfy { $0 % 2 == 1 }, "\(kernel) is not three odd sizes")
    weight = try Initialization.he(
      shape: [outChannels, inChannels] + kernel, fanIn: inChannels * kernel.reduce(1, *),
      using: &generator)
    self.bias = bias ? try Initialization.constant(0, channels: outChannels) : nil
    self.stride = stride
    padding = kernel.map { ($0 - 1) / 2 }
  }

  public func callAsFunction(_ input: Tensor) throws(TorchError) -> Tensor {
    try input.convolution(weight: weight, bias: bias, stride: stride, padding: padding)
  }

  public var weights: [(name: String, tensor: Tensor)] {
    [(name: "weight", tensor: weight)] + (bias.map { [(name: "bias", tensor: $0)] } ?? [])
  }
}
