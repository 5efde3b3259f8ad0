import Torch

/// What logistic regression minimises, with its derivatives, at a point `[features + 1, classes]` whose
/// last row is the intercepts. Everything is float64.
struct LogisticProblem {
  /// The features and the constant 1.
  let width: Int

  private let classCount: Int
  private let penalty: Double

  /// `[samples, width]`.
  private let inputs: Tensor

  /// `[samples, classes]`, 1 at each sample's class.
  private let targets: Tensor

  /// `[width, 1]`: 1 for weights, 0 for the intercepts.
  private let penalized: Tensor

  init(
    _ samples: [[Double]], classes: [Int], classCount: Int, penalty: Double
  ) throws(TorchError) {
    let width = samples[0].count + 1
    self.width = width
    self.classCount = classCount
    self.penalty = penalty
    inputs = try Tensor(samples.flatMap { $0 + [1] }, shape: [samples.count, width])
    targets = try Tensor(
      classes.flatMap { label in (0..<classCount).map { $0 == label ? 1.0 : 0 } },
      shape: [classes.count, classCount])
    penalized = try Tensor((0..<width).map { $0 == width - 1 ? 0.0 : 1 }, shape: [width, 1])
  }

  func value(at point: Tensor) throws(TorchError) -> Double {
    let logarithms = try inputs.matrixProduct(point).logSoftmax(axis: 1)
    let squares = try (point * point * penalized).sum().item()
    return try -(logarithms * targets).sum().item() + 0.5 * penalty * squares
  }

  func gradient(at point: Tensor) throws(TorchError) -> Tensor {
    let errors = try probabilities(at: point) - targets
    return try inputs.transposed().matrixProduct(errors) + point * penalized * penalty
  }

  /// Less the inverse of the second derivatives times the gradient.
  func newtonDirection(at point: Tensor, _ gradient: Tensor) throws(TorchError) -> Tensor {
    let factor = try secondDerivatives(at: point).choleskyFactor()
    let size = classCount * width
    let identity = try Tensor(
      (0..<size * size).map { $0 % (size + 1) == 0 ? 1.0 : 0 }, shape: [size, size])
    let inverse = try factor.lowerTriangleSolved(identity)
    let right = try gradient.transposed().reshaped([size, 1])
    let solution = try inverse.transposed().matrixProduct(inverse.matrixProduct(right))
    return try solution.reshaped([classCount, width]).transposed() * -1
  }

  /// `[classes · width, classes · width]`, class by class.
  private func secondDerivatives(at point: Tensor) throws(TorchError) -> Tensor {
    let probabilities = try probabilities(at: point)
    var rows: [Tensor] = []
    let transposed = try inputs.transposed()
    for first in 0..<classCount {
      let own = try probabilities.narrowed(axis: 1, from: first, count: 1)
      var blocks: [Tensor] = []
      for second in 0..<classCount {
        let other = try probabilities.narrowed(axis: 1, from: second, count: 1)
        let curvature = first == second ? try own * (1 - own) : try own * other * -1
        blocks.append(try transposed.matrixProduct(inputs * curvature))
      }
      rows.append(try Tensor.concatenated(blocks, axis: 1))
    }
    return try Tensor.concatenated(rows, axis: 0) + ridge()
  }

  /// The penalty on weights; on intercepts enough to make the matrix definite, which moves no step: the
  /// common shift that it weighs down has no slope.
  private func ridge() throws(TorchError) -> Tensor {
    let size = classCount * width
    let floor = 1e-9 * Double(inputs.shape[0])
    var numbers = [Double](repeating: 0, count: size * size)
    for place in 0..<size {
      numbers[place * (size + 1)] = place % width == width - 1 ? floor : penalty
    }
    return try Tensor(numbers, shape: [size, size])
  }

  private func probabilities(at point: Tensor) throws(TorchError) -> Tensor {
    try inputs.matrixProduct(point).softmax(axis: 1)
  }
}
