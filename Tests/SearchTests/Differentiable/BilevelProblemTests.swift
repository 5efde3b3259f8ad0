import Foundation
import Testing
import Torch

@testable import Search

/// Two weights w and two architecture numbers a, with losses that are not quadratic.
///
/// training = Σ (w − sin a)⁴ + w₀ w₁ a₀, validation = Σ exp(w a) + (w₀ − 1)².
private struct ToyProblem: BilevelProblem {
  let weight: Tensor
  var weights: [Tensor] { [weight] }

  init(_ values: [Double]) throws {
    weight = try Tensor(values, shape: [2])
    try weight.markAsWeight()
  }

  func trainingLoss(of architecture: Tensor) throws -> Tensor {
    // The sine by its series; the numbers are below one.
    let cube = try architecture.power(3) / 6
    let target = try architecture - cube
    let distance = try (weight - target).power(4).sum()
    let product =
      try weight.narrowed(axis: 0, from: 0, count: 1)
      * weight.narrowed(axis: 0, from: 1, count: 1)
      * architecture.narrowed(axis: 0, from: 0, count: 1)
    return try distance + product.sum()
  }

  func validationLoss(of architecture: Tensor) throws -> Tensor {
    let first = try weight.narrowed(axis: 0, from: 0, count: 1) - 1
    return try (weight * architecture).exp().sum() + (first * first).sum()
  }
}

/// The training loss is half the squared distance of w from 2a: one step at rate 1 is its minimum.
private struct SolvedProblem: BilevelProblem {
  let weight: Tensor
  var weights: [Tensor] { [weight] }

  func trainingLoss(of architecture: Tensor) throws -> Tensor {
    try (weight - architecture * 2).power(2).sum() / 2
  }

  func validationLoss(of architecture: Tensor) throws -> Tensor {
    try (weight - 1).power(2).sum() + (weight * architecture).sum()
  }
}

struct BilevelProblemTests {
  private func architecture(_ values: [Double]) throws -> Tensor {
    let tensor = try Tensor(values, shape: [values.count])
    try tensor.markAsWeight()
    return tensor
  }

  /// The validation loss after one step of the weights along the training loss.
  private func unrolled(
    _ weights: [Double], _ values: [Double], rate: Double
  ) throws -> Double {
    let problem = try ToyProblem(weights)
    let architecture = try architecture(values)
    let slope = try Tensor.gradients(
      of: problem.trainingLoss(of: architecture), withRespectTo: [problem.weight])[0]
    try problem.weight.add(#require(slope), scaledBy: -rate)
    return try problem.validationLoss(of: architecture).item()
  }

  @Test(arguments: [([0.3, -0.7], [0.5, 0.2]), ([1.2, 0.4], [-0.6, 0.8])])
  func theSecondOrderIsTheSlopeOfTheUnrolledLoss(
    weights: [Double], values: [Double]
  ) throws {
    let rate = 0.1
    let problem = try ToyProblem(weights)
    let found = try BilevelGradient.unrolled(of: problem, at: architecture(values), rate: rate)
    let first = try BilevelGradient.firstOrder(of: problem, at: architecture(values))
    for index in values.indices {
      func loss(_ offset: Double) throws -> Double {
        var moved = values
        moved[index] += offset
        return try unrolled(weights, moved, rate: rate)
      }
      let difference = try (loss(1e-5) - loss(-1e-5)) / 2e-5
      // The product with second derivatives is a difference over a hundredth of the gradient.
      #expect(abs(found[index] - difference) < 3e-4, "\(found[index]), \(difference)")
      #expect(abs(first[index] - difference) > 1e-2)
    }
    #expect(try problem.weight.doubles() == weights)
  }

  @Test func theFirstOrderLeavesTheStepOut() throws {
    let problem = try ToyProblem([0.3, -0.7])
    let values = [0.5, 0.2]
    let first = try BilevelGradient.firstOrder(of: problem, at: architecture(values))
    let still = try BilevelGradient.unrolled(of: problem, at: architecture(values), rate: 0)
    // d/da exp(w a) = w exp(w a).
    let byHand = [0.3 * exp(0.15), -0.7 * exp(-0.14)]
    #expect(zip(first, byHand).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(zip(still, byHand).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  // With w = 2a the validation loss is Σ (2a − 1)² + 2a², whose slope is 4 (2a − 1) + 4a.
  @Test func whereOneStepSolvesTheWeightsItIsTheSlopeOfTheBilevelObjective() throws {
    let weight = try architecture([0.4, -3])
    let values = [0.7, -0.2]
    let found = try BilevelGradient.unrolled(
      of: SolvedProblem(weight: weight), at: architecture(values), rate: 1)
    let byHand = values.map { 4 * (2 * $0 - 1) + 4 * $0 }
    #expect(zip(found, byHand).allSatisfy { abs($0 - $1) < 1e-9 }, "\(found), \(byHand)")
  }
}
