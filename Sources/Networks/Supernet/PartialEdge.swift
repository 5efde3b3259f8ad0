import Architecture
import Torch

/// An edge of a supernet's cell of which only a part of the channels goes through the operations.
///
/// The other channels pass by; then the channels are shuffled, so that in the next cell others go
/// through. With a part of one all channels do, and nothing is shuffled.
///
/// Source: Y. Xu et al., "PC-DARTS: Partial Channel Connections for Memory-Efficient Architecture
/// Search", ICLR 2020, equation 4.
struct PartialEdge: Module {
  private let mixed: MixedOperation
  private let part: Int
  private let channels: Int

  /// - Parameter partialChannels: Of how many channels one goes through, 1 or more; fewer where the
  ///   channels cannot be divided so.
  init(
    operations: [Operation], channels: Int, partialChannels: Int,
    using generator: inout some RandomNumberGenerator
  ) throws(TorchError) {
    self.channels = channels
    part = (1...max(1, partialChannels)).last { channels % $0 == 0 } ?? 1
    mixed = try MixedOperation(
      operations: operations, channels: channels / part, using: &generator)
  }

  /// - Parameter context: What else the node reads; `nil`: nothing, or nobody asks.
  func callAsFunction(
    _ features: Tensor, beside context: Tensor? = nil, selecting selection: Selection
  ) throws(TorchError) -> Tensor {
    guard part > 1 else { return try apply(mixed.beside(context), to: features, selection) }
    let active = channels / part
    let seen = try context?.narrowed(axis: 1, from: 0, count: active)
    let through = try apply(
      mixed.beside(seen), to: features.narrowed(axis: 1, from: 0, count: active), selection)
    let rest = try features.narrowed(axis: 1, from: active, count: channels - active)
    return try shuffled(Tensor.concatenated([through, rest], axis: 1))
  }

  private func apply(
    _ mixed: MixedOperation, to features: Tensor, _ selection: Selection
  ) throws(TorchError) -> Tensor {
    switch selection {
    case .one(let index, let factor):
      let result = try mixed(features, choosing: index)
      return if let factor { try result * factor } else { result }
    case .mixture(let weights):
      return try mixed(features, weights: weights)
    }
  }

  /// The channels of all parts in turn.
  private func shuffled(_ features: Tensor) throws(TorchError) -> Tensor {
    let shape = features.shape
    return try features.reshaped([shape[0], part, channels / part] + shape[2...])
      .permuted([0, 2, 1, 3, 4, 5]).reshaped(shape)
  }

  func weights(of operation: Operation) -> [(name: String, tensor: Tensor)] {
    mixed.weights(of: operation)
  }

  var children: [(name: String, module: any Module)] { mixed.children }
}
