public import Torch

/// A module that turns one tensor into another.
///
/// Input and output are `[batch, channels, depth, height, width]`.
public protocol Layer: Module {
  /// - Throws: `TorchError` when the input does not fit, or memory runs out.
  func callAsFunction(_ input: Tensor) throws(TorchError) -> Tensor
}

/// The layer that changes nothing.
public struct Identity: Layer {
  public init() {}

  public func callAsFunction(_ input: Tensor) throws(TorchError) -> Tensor {
    input
  }
}
