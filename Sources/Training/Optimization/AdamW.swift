import Foundation
public import Torch

/// Adam with weight decay that is decoupled from the gradient.
///
/// Source: I. Loshchilov, F. Hutter, "Decoupled Weight Decay Regularization", ICLR 2019,
/// Algorithm 2, with the bias corrections of PyTorch's `torch.optim.AdamW`.
public struct AdamW: Optimizer {
  private let weights: [NamedTensor]
  private let means: [Tensor]
  private let squares: [Tensor]
  private let weightDecay: Double
  private let decays = (mean: 0.9, square: 0.999)
  private let epsilon = 1e-8

  public init(weights: [NamedTensor], weightDecay: Double = 1e-2) throws(TorchError) {
    self.weights = weights
    self.weightDecay = weightDecay
    var means: [Tensor] = []
    var squares: [Tensor] = []
    for weight in weights {
      means.append(try Tensor.zeros(like: weight.tensor))
      squares.append(try Tensor.zeros(like: weight.tensor))
    }
    self.means = means
    self.squares = squares
  }

  public var state: [NamedTensor] {
    zip(weights, means).map { (name: "mean.\($0.name)", tensor: $1) }
      + zip(weights, squares).map { (name: "square.\($0.name)", tensor: $1) }
  }

  public mutating func update(rate: Double, step: Int) throws(TorchError) {
    let meanCorrection = 1 - pow(decays.mean, Double(step + 1))
    let squareCorrection = (1 - pow(decays.square, Double(step + 1))).squareRoot()
    for index in weights.indices {
      let weight = weights[index].tensor
      guard let gradient = weight.gradient else { continue }
      try weight.multiply(by: 1 - rate * weightDecay)
      try means[index].multiply(by: decays.mean)
      try means[index].add(gradient, scaledBy: 1 - decays.mean)
      try squares[index].multiply(by: decays.square)
      try squares[index].addProduct(gradient, gradient, scaledBy: 1 - decays.square)
      let denominator = try withoutGradients { () throws(TorchError) in
        try squares[index].squareRoot() / squareCorrection + epsilon
      }
      try weight.addQuotient(means[index], denominator, scaledBy: -rate / meanCorrection)
    }
  }
}
