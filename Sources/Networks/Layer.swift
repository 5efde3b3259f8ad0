public import Torch

/// A module that turns one tensor into another.
///
/// Input and output are `[batch, channels, depth, height, width]`.
public protocol Layer: Module {
  /// - Throws: `TorchError` when the input does not fit, or memory runs out.
  func callAsFunction(_ input: Tensor) throws(TorchError) -> Tensor

  /// What the layer makes of the input, for a mixture whose candidates are activated last.
  ///
  /// A layer that keeps size and channels may say how it computes instead of doing it, so that the
  /// mixture can do more in one pass.
  func candidate(reading input: Tensor) throws(TorchError) -> Tensor.Candidate
}

extension Layer {
  public func candidate(reading input: Tensor) throws(TorchError) -> Tensor.Candidate {
    .image(try self(input))
  }
}

/// The layer that changes nothing.
public struct Identity: Layer {
  public init() {}

  public func callAsFunction(_ input: Tensor) throws(TorchError) -> Tensor {
    input
  }

  public func candidate(reading input: Tensor) -> Tensor.Candidate { .skip }
}
