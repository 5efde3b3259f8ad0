import TestSupport
import Testing
import Torch

/// A float64 tensor of made-up numbers, the same as in `Tests/Reference/torch_values.py`.
func waves(_ shape: [Int], step: Double, scale: Double = 1) throws -> Tensor {
  try Tensor(wave(shape.reduce(1, *), step: step, scale: scale), shape: shape)
}

/// Compares with a line of `Tests/Reference/torch_values.py`: the first numbers, and the norm of all.
func expect(
  _ tensor: Tensor, startsWith head: [Double], norm length: Double,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let numbers = try tensor.doubles()
  expectClose(
    Array(numbers.prefix(head.count)), head, within: 1e-9, sourceLocation: sourceLocation)
  expectClose(norm(numbers), length, within: 1e-8, "norm", sourceLocation: sourceLocation)
}

/// Compares the gradient of `operation` with central differences, at the numbers of `point`.
///
/// The results of `operation` are weighed unevenly and summed, so that no slope can hide.
func expectGradient(
  at point: Tensor, within tolerance: Double = 1e-7,
  sourceLocation: SourceLocation = #_sourceLocation, of operation: (Tensor) throws -> Tensor
) throws {
  func weighed(_ result: Tensor) throws -> Tensor {
    try (result * waves(result.shape, step: 0.77) + result).sum()
  }
  let shape = point.shape
  let expected = try finiteDifference(at: point.doubles()) { numbers in
    try weighed(operation(Tensor(numbers, shape: shape))).item()
  }
  let weight = try point.copied()
  try weight.markAsWeight()
  let found = try Tensor.gradients(of: weighed(operation(weight)), withRespectTo: [weight])
  let gradient = try #require(found[0], sourceLocation: sourceLocation)
  expectClose(
    try gradient.doubles(), expected, within: tolerance, sourceLocation: sourceLocation)
}
