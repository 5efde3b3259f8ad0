public import Torch

/// Something that changes weights along their gradients.
///
/// Its state is listed by name, in a fixed order, so that a checkpoint can hold it.
public protocol Optimizer {
  /// The tensors that a resumed training needs, by name.
  var state: [(name: String, tensor: Tensor)] { get }

  /// One update of every weight from its present gradient.
  ///
  /// - Parameters:
  ///   - rate: The learning rate.
  ///   - limit: The largest norm of all gradients together: above it they count as scaled down to
  ///     it, as by PyTorch's `clip_grad_norm_`; 0: no limit.
  /// - Returns: The norm before clipping. When it is not finite, no weight has changed.
  @discardableResult
  mutating func update(rate: Double, clippingTo limit: Double) throws(TorchError) -> Double
}

/// A weight and its name.
public typealias NamedTensor = (name: String, tensor: Tensor)
