import Foundation
import Measuring
import Torch
import Training

/// One step of a differentiable search, first order: the gradient of the scores on the validation half,
/// Adam; then that of the weights on the training half, clipping at 5, SGD. Two patches of three
/// modalities and 32³ voxels each.
///
/// The peers compute both halves' gradients of everything, about 210 GFLOP, and throw the weights' away on
/// the validation half; here those are not computed, nor what only they need: 152 GFLOP.
enum SearchStep {
  static func measure(data: String, repetitions: Int) throws {
    TorchRuntime.keepFreedMemory()
    let cell = try PeerCell(data: data)
    let halves = try [2, 0].map { try half(from: $0, data: data) }
    var adam = try Adam(cell.scores)
    var sgd = try SGD(
      weights: cell.weights, momentum: 0.9, weightDecay: 3e-4, isNesterov: false)
    var losses: [(Double, Double)] = []
    func step() throws {
      let validation = try loss(of: cell, on: halves[0])
      let gradient = try Tensor.gradients(of: validation, withRespectTo: [cell.scores])[0]
      guard let gradient else { throw Refusal("the loss does not depend on the scores") }
      try adam.update(gradient)
      let training = try loss(of: cell, on: halves[1])
      try training.backward()
      try sgd.update(rate: 0.025, clippingTo: 5)
      for weight in cell.weights { try weight.tensor.clearGradient() }
      try cell.scores.clearGradient()
      losses.append((try validation.item(), try training.item()))
    }
    try step()  // The peers take a first step before they warm up; so the losses can be compared.
    print(try Figure("search/chiasm", repetitions: repetitions, step).line())
    let values = losses.map { String(format: "[%.6f, %.6f]", $0, $1) }.joined(separator: ", ")
    print("{\"name\": \"search/chiasm/losses\", \"value\": [\(values)]}")
  }

  private typealias Half = (images: [Tensor], truth: Tensor)

  private static func half(from start: Int, data: String) throws -> Half {
    let (images, classes) = (
      try NumPyFile(data + "/search_x.npy"), try NumPyFile(data + "/search_y.npy")
    )
    let image = try Tensor(images.floats(), shape: images.shape)
      .narrowed(axis: 0, from: start, count: 2)
    let truth = try Tensor(
      bytes: classes.bytes(), shape: [classes.shape[0]] + classes.shape.dropFirst(2))
    return (
      images: try (0..<images.shape[1]).map {
        try image.narrowed(axis: 1, from: $0, count: 1).copied()
      },
      truth: try truth.narrowed(axis: 0, from: start, count: 2).copied()
    )
  }

  private static func loss(of cell: PeerCell, on half: Half) throws -> Tensor {
    try Loss.diceAndCrossEntropy(
      logits: cell(half.images), classes: half.truth, dice: .batch)
  }
}

/// Adam whose weight decay is part of the gradient, as the peers' is.
///
/// Source: D. Kingma, J. Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015, Algorithm 1, in
/// the form of PyTorch's `torch.optim.Adam`.
private struct Adam {
  private let weight: Tensor
  private let (mean, square): (Tensor, Tensor)
  private let kept = (mean: 0.5, square: 0.999)
  private var steps = 0

  init(_ weight: Tensor) throws {
    self.weight = weight
    (mean, square) = (try Tensor.zeros(like: weight), try Tensor.zeros(like: weight))
  }

  mutating func update(_ gradient: Tensor) throws {
    steps += 1
    let slope = try gradient + weight.detached() * 1e-3
    try mean.multiply(by: kept.mean)
    try mean.add(slope, scaledBy: 1 - kept.mean)
    try square.multiply(by: kept.square)
    try square.addProduct(slope, slope, scaledBy: 1 - kept.square)
    let corrections = (1 - pow(kept.mean, Double(steps)), 1 - pow(kept.square, Double(steps)))
    let root = try (square / corrections.1).squareRoot() + 1e-8
    try weight.addQuotient(mean, root, scaledBy: -3e-4 / corrections.0)
  }
}
