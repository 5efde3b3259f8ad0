import TestSupport
import Testing
import Torch

@testable import Networks

struct LogisticProblemTests {
  private func problem() throws -> LogisticProblem {
    try LogisticProblem(
      ProbeSamples.rows, classes: ProbeSamples.classes, classCount: 3, penalty: 0.7)
  }

  private let point = (0..<15).map { 0.1 * Double($0 % 4) - 0.2 }

  private func tensor(_ numbers: [Double]) throws -> Tensor { try Tensor(numbers, shape: [5, 3]) }

  @Test func theGradientAgreesWithDifferences() throws {
    let problem = try problem()
    let slopes = try point.indices.map { place in
      var (above, below) = (point, point)
      above[place] += 1e-5
      below[place] -= 1e-5
      return (try problem.value(at: tensor(above)) - problem.value(at: tensor(below))) / 2e-5
    }
    expectClose(try problem.gradient(at: tensor(point)).doubles(), slopes, within: 1e-8)
  }

  /// A Newton step is what the gradient's change along it undoes, to first order.
  @Test func theDirectionUndoesTheGradient() throws {
    let problem = try problem()
    let here = try tensor(point)
    let gradient = try problem.gradient(at: here)
    let direction = try problem.newtonDirection(at: here, gradient)
    let moved = try problem.gradient(at: here + direction * 1e-5)
    let change = try (moved - gradient) / 1e-5
    expectClose(try change.doubles(), try (gradient * -1).doubles(), within: 1e-3)
  }
}
