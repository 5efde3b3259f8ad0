public import Torch

/// Stochastic gradient descent with Nesterov momentum, as PyTorch defines it.
///
/// `v ← μ v + g + λ w`, then `w ← w − η (g + λ w + μ v)`.
///
/// Source: I. Sutskever et al., "On the Importance of Initialization and Momentum in Deep Learning",
/// ICML 2013, in the form of PyTorch's `torch.optim.SGD`.
public struct SGD: Optimizer {
  private let weights: [NamedTensor]
  private let velocities: [Tensor]
  private let momentum: Double
  private let weightDecay: Double

  public init(
    weights: [NamedTensor], momentum: Double = 0.99, weightDecay: Double = 3e-5
  ) throws(TorchError) {
    self.weights = weights
    self.momentum = momentum
    self.weightDecay = weightDecay
    var velocities: [Tensor] = []
    for weight in weights {
      velocities.append(try Tensor.zeros(like: weight.tensor))
    }
    self.velocities = velocities
  }

  public var state: [NamedTensor] {
    zip(weights, velocities).map { (name: "velocity.\($0.name)", tensor: $1) }
  }

  public mutating func update(rate: Double, step: Int) throws(TorchError) {
    for (weight, velocity) in zip(weights, velocities) {
      guard let gradient = weight.tensor.gradient else { continue }
      try gradient.add(weight.tensor, scaledBy: weightDecay)
      try velocity.multiply(by: momentum)
      try velocity.add(gradient, scaledBy: 1)
      try weight.tensor.add(gradient, scaledBy: -rate)
      try weight.tensor.add(velocity, scaledBy: -rate * momentum)
    }
  }
}
