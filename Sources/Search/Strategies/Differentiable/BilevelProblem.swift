import Torch

/// Two losses of the same weights and architecture: weights should make the first small, the
/// architecture the second.
protocol BilevelProblem {
  /// The weights; changing their numbers in place changes the losses.
  var weights: [Tensor] { get }

  /// The loss that the weights learn from.
  func trainingLoss(of architecture: Tensor) throws -> Tensor

  /// The loss that the architecture learns from.
  func validationLoss(of architecture: Tensor) throws -> Tensor
}

/// Which way the architecture should go.
enum BilevelGradient {
  /// The gradient of the validation loss with the weights as they are.
  ///
  /// Source: H. Liu et al., "DARTS: Differentiable Architecture Search", ICLR 2019, equation 6 with
  /// ξ = 0.
  static func firstOrder(
    of problem: some BilevelProblem, at architecture: Tensor
  ) throws -> [Double] {
    let loss = try problem.validationLoss(of: architecture)
    return try gradient(of: loss, at: architecture)
  }

  /// The gradient of the validation loss with the weights that one step of gradient descent on the
  /// training loss would give.
  ///
  /// What the step owes to the architecture is a product with second derivatives, here a difference of
  /// two gradients.
  ///
  /// - Parameter rate: The learning rate of that step (ξ).
  ///
  /// Source: H. Liu et al., 2019, equations 7 and 8 with ε = 0.01 / norm.
  static func unrolled(
    of problem: some BilevelProblem, at architecture: Tensor, rate: Double
  ) throws -> [Double] {
    let weights = problem.weights
    let before = try weights.map { try $0.detached().copied() }
    func restore() throws {
      for (weight, values) in zip(weights, before) { try weight.copyValues(from: values) }
    }
    func move(along direction: [Tensor?], by distance: Double) throws {
      for (weight, step) in zip(weights, direction) {
        if let step { try weight.add(step, scaledBy: distance) }
      }
    }
    let descent = try Tensor.gradients(
      of: problem.trainingLoss(of: architecture), withRespectTo: weights)
    try move(along: descent, by: -rate)
    let slopes = try Tensor.gradients(
      of: problem.validationLoss(of: architecture), withRespectTo: [architecture] + weights)
    try restore()
    var result =
      try slopes[0]?.doubles() ?? [Double](repeating: 0, count: architecture.elementCount)
    let direction = Array(slopes.dropFirst())
    let norm = try direction.reduce(0.0) { sum, slope in
      sum + (try slope.map { try ($0 * $0).sum().item() } ?? 0)
    }
    .squareRoot()
    guard norm > 0, norm.isFinite else { return result }
    let distance = 0.01 / norm
    try move(along: direction, by: distance)
    let above = try gradient(of: problem.trainingLoss(of: architecture), at: architecture)
    try restore()
    try move(along: direction, by: -distance)
    let below = try gradient(of: problem.trainingLoss(of: architecture), at: architecture)
    try restore()
    for index in result.indices {
      result[index] -= rate * (above[index] - below[index]) / (2 * distance)
    }
    return result
  }

  private static func gradient(of loss: Tensor, at architecture: Tensor) throws -> [Double] {
    try Tensor.gradients(of: loss, withRespectTo: [architecture])[0]?.doubles()
      ?? [Double](repeating: 0, count: architecture.elementCount)
  }
}
