public import Torch

/// Adam with weight decay that is decoupled from the gradient.
///
/// Source: I. Loshchilov, F. Hutter, "Decoupled Weight Decay Regularization", ICLR 2019,
/// Algorithm 2, with the bias corrections of PyTorch's `torch.optim.AdamW`: by the updates that a weight
/// has had itself, since one that a step does not use has no gradient and stays.
public struct AdamW: Optimizer {
  private let weights: [NamedTensor]
  private let means: [Tensor]
  private let squares: [Tensor]

  /// How many updates each weight has had.
  private let updates: Tensor
  private let weightDecay: Double
  private let kept = (mean: 0.9, square: 0.999)
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
    updates = try Tensor.zeros([weights.count])
  }

  public var state: [NamedTensor] {
    zip(weights, means).map { (name: "mean.\($0.name)", tensor: $1) }
      + zip(weights, squares).map { (name: "square.\($0.name)", tensor: $1) }
      + [(name: "updates", tensor: updates)]
  }

  @discardableResult
  public mutating func update(rate: Double, clippingTo limit: Double) throws(TorchError) -> Double {
    try Tensor.descend(
      weights.map(\.tensor), means: means, squares: squares, updates: updates,
      by: .init(rate: rate, weightDecay: weightDecay, kept: kept, epsilon: epsilon),
      clippingTo: limit)
  }
}
