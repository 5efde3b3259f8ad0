public import Architecture
public import Torch

/// All candidate operations of one edge.
///
/// Source: H. Liu et al., "DARTS: Differentiable Architecture Search", ICLR 2019, section 2.2.
public struct MixedOperation: Module {
  /// What the edge may do.
  public let operations: [Operation]
  private let layers: [any Layer]

  /// - Parameter channels: The channels of the features, before and after.
  public init(
    operations: [Operation], channels: Int, using generator: inout some RandomNumberGenerator
  ) throws(TorchError) {
    self.operations = operations
    var layers: [any Layer] = []
    for operation in operations {
      layers.append(try operation.makeLayer(channels: channels, using: &generator))
    }
    self.layers = layers
  }

  /// The sum of all candidates' results times their weights.
  ///
  /// - Parameters:
  ///   - features: `[batch, channels, depth, height, width]`.
  ///   - weights: One number per operation, through which gradients flow: `[operations]`.
  public func callAsFunction(
    _ features: Tensor, weights: Tensor
  ) throws(TorchError) -> Tensor {
    precondition(
      weights.shape == [layers.count], "weights \(weights.shape) for \(layers.count) operations")
    var candidates: [Tensor.Candidate] = []
    for layer in layers { candidates.append(try layer.candidate(reading: features)) }
    return try features.mixed(
      candidates, shares: weights, activating: .last, leakySlope: Initialization.slope,
      epsilon: InstanceNormalization.epsilon)
  }

  /// The result of one candidate alone.
  ///
  /// - Parameter choice: The number of the operation among ``operations``.
  public func callAsFunction(
    _ features: Tensor, choosing choice: Int
  ) throws(TorchError) -> Tensor {
    try layers[choice](features)
  }

  /// The same operations beside what else their node reads: `[batch, channels, depth, height, width]`; `nil`:
  /// nothing.
  func beside(_ context: Tensor?) -> MixedOperation {
    guard layers.contains(where: { $0 is any ContextualLayer }) else { return self }
    let features = context.map {
      PartialFeatures($0, isPresent: Array(repeating: true, count: $0.shape[0]))
    }
    return MixedOperation(
      operations: operations,
      layers: layers.map { ($0 as? any ContextualLayer)?.beside(features) ?? $0 })
  }

  private init(operations: [Operation], layers: [any Layer]) {
    self.operations = operations
    self.layers = layers
  }

  public var children: [(name: String, module: any Module)] {
    zip(operations, layers).map { (name: $0.rawValue, module: $1 as any Module) }
  }

  /// The weights of one candidate, by the names that they have in its layer.
  func weights(of operation: Operation) -> [(name: String, tensor: Tensor)] {
    guard let index = operations.firstIndex(of: operation) else { return [] }
    return layers[index].namedWeights
  }
}
