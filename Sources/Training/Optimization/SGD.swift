public import Torch

/// Stochastic gradient descent with momentum, Nesterov's unless told otherwise, as PyTorch defines
/// it.
///
/// `v ← μ v + g + λ w`, then `w ← w − η (g + λ w + μ v)`, or without Nesterov `w ← w − η v`.
///
/// Source: I. Sutskever et al., "On the Importance of Initialization and Momentum in Deep Learning",
/// ICML 2013, in the form of PyTorch's `torch.optim.SGD`.
public struct SGD: Optimizer {
  private let weights: [NamedTensor]
  private let velocities: [Tensor]
  private let momentum: Double
  private let weightDecay: Double
  private let isNesterov: Bool

  public init(
    weights: [NamedTensor], momentum: Double = 0.99, weightDecay: Double = 3e-5,
    isNesterov: Bool = true
  ) throws(TorchError) {
    self.weights = weights
    self.momentum = momentum
    self.weightDecay = weightDecay
    self.isNesterov = isNesterov
    var velocities: [Tensor] = []
    for weight in weights {
      velocities.append(try Tensor.zeros(like: weight.tensor))
    }
    self.velocities = velocities
  }

  public var state: [NamedTensor] {
    zip(weights, velocities).map { (name: "velocity.\($0.name)", tensor: $1) }
  }

  @discardableResult
  public mutating func update(rate: Double, clippingTo limit: Double) throws(TorchError) -> Double {
    try Tensor.descend(
      weights.map(\.tensor), velocities: velocities,
      by: .init(rate: rate, momentum: momentum, weightDecay: weightDecay, isNesterov: isNesterov),
      clippingTo: limit)
  }
}
