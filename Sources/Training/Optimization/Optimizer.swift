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
  ///   - step: The number of this update, from 0.
  mutating func update(rate: Double, step: Int) throws(TorchError)
}

/// A weight and its name.
public typealias NamedTensor = (name: String, tensor: Tensor)

/// Scales all gradients together so that their norm is at most `limit`; no limit when it is zero.
///
/// - Returns: The norm before.
@discardableResult
public func clipGradients(
  of weights: [NamedTensor], toNorm limit: Double
) throws(TorchError) -> Double {
  var squares = 0.0
  for weight in weights {
    guard let gradient = weight.tensor.gradient else { continue }
    squares += try (gradient * gradient).sum().item()
  }
  let norm = squares.squareRoot()
  guard limit > 0, norm > limit else { return norm }
  for weight in weights {
    try weight.tensor.gradient?.multiply(by: limit / (norm + 1e-6))
  }
  return norm
}
