public import Torch

/// A convolution over depth, height and width, padded with zeros by half of what its kernel spans.
///
/// `[batch, inChannels, D, H, W]` becomes `[batch, outChannels, ⌈D/stride⌉, ⌈H/stride⌉,
/// ⌈W/stride⌉]`.
public struct Convolution3D: Layer {
  /// `[outChannels, inChannels / groups, depth, height, width]`.
  public let weight: Tensor

  /// `[outChannels]`; `nil` where something after the convolution shifts anyway.
  public let bias: Tensor?

  public let stride: [Int]
  public let padding: [Int]

  /// The step between the kernel's weights along depth, height and width.
  public let dilation: [Int]

  /// How many parts the channels are split into, each with its own outputs.
  public let groups: Int

  /// Creates a convolution with random weights and a bias of zero.
  ///
  /// - Parameter kernel: The size along depth, height and width.
  /// - Precondition: All sizes of the kernel are odd, and the groups divide the channels.
  public init(
    inChannels: Int, outChannels: Int, kernel: [Int], stride: [Int] = [1, 1, 1],
    dilation: [Int] = [1, 1, 1], groups: Int = 1, bias: Bool = true,
    using generator: inout some RandomNumberGenerator
  ) throws(TorchError) {
    precondition(
      kernel.count == 3 && kernel.allSatisfy { $0 % 2 == 1 }, "\(kernel) is not three odd sizes")
    precondition(
      groups > 0 && inChannels % groups == 0 && outChannels % groups == 0,
      "\(groups) groups of \(inChannels) and \(outChannels) channels")
    let read = inChannels / groups
    weight = try Initialization.he(
      shape: [outChannels, read] + kernel, fanIn: read * kernel.reduce(1, *), using: &generator)
    self.bias = bias ? try Initialization.constant(0, channels: outChannels) : nil
    self.stride = stride
    self.dilation = dilation
    self.groups = groups
    padding = zip(kernel, dilation).map { ($0 - 1) / 2 * $1 }
  }

  public func callAsFunction(_ input: Tensor) throws(TorchError) -> Tensor {
    try input.convolution(
      weight: weight, bias: bias, stride: stride, padding: padding, dilation: dilation,
      groups: groups)
  }

  public var weights: [(name: String, tensor: Tensor)] {
    [(name: "weight", tensor: weight)] + (bias.map { [(name: "bias", tensor: $0)] } ?? [])
  }
}
