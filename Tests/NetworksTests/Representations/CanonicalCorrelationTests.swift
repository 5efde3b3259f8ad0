import Foundation
import Networks
import TestSupport
import Testing
import Torch

/// Reference: SciPy 1.17.1 and scikit-learn 1.9.1, Tests/Reference/representation_values.py.
struct CanonicalCorrelationTests {
  private func pair() throws -> (first: Tensor, second: Tensor) {
    let x = chirp(240, step: 0.37)
    let y = (0..<180).map { index -> Double in
      let (row, column) = (index / 3, index % 3)
      return 0.7 * x[row * 4 + column] - 0.2 * x[row * 4 + column + 1]
    }
    let second = zip(chirp(180, step: 1.91), y).map(+)
    return (try Tensor(x, shape: [60, 4]), try Tensor(second, shape: [60, 3]))
  }

  @Test func agreesWithTheEigenproblemAndScikitLearn() throws {
    let (first, second) = try pair()
    let found = try CanonicalCorrelation(first, second)
    expectClose(
      found.correlations, [0.7095394783470511, 0.6624151415232563, 0.4546355412024488],
      within: 1e-10)
    let ridged = try CanonicalCorrelation(first, second, regularization: 0.1, components: 2)
    expectClose(ridged.correlations, [0.6064023936405014, 0.5699732518862163], within: 1e-10)
    #expect(ridged.first.directions.count == 2)
  }

  /// The closed form of the issue: the singular values of the whitened cross-covariance, here
  /// whitened by what the analysis itself projects.
  @Test func projectionsAreWhiteAndCorrelatePairByPair() throws {
    let (first, second) = try pair()
    let found = try CanonicalCorrelation(first, second)
    let (one, other) = (try found.first(first), try found.second(second))
    func covariance(_ left: Tensor, _ right: Tensor) throws -> [Double] {
      try (left.transposed().matrixProduct(right) / 59).doubles()
    }
    let identity = [1.0, 0, 0, 0, 1, 0, 0, 0, 1]
    expectClose(try covariance(one, one), identity, within: 1e-10)
    expectClose(try covariance(other, other), identity, within: 1e-10)
    var diagonal = identity
    for index in 0..<3 { diagonal[index * 4] = found.correlations[index] }
    expectClose(try covariance(one, other), diagonal, within: 1e-10)
  }

  @Test func theLossIsOneLessTheMeanOfTheCorrelations() throws {
    let (first, second) = try chirpedPair(rows: 30, columns: 3)
    let found = try CanonicalCorrelation(first, second, regularization: 1e-3)
    let loss = try CoordinationConstraint.canonicalCorrelation(regularization: 1e-3)
      .loss(of: Embeddings([first, second]))
    expectClose(
      try loss.item(), 1 - found.correlations.reduce(0, +) / 3, within: 1e-12)
  }

  @Test func doesNotChangeWithAnInvertibleMixingOfEitherSide() throws {
    let (first, second) = try pair()
    let mixing = try Tensor([2, 1, 0, -1, 3, 0.5, 0.3, 0, 1] as [Double], shape: [3, 3])
    let mixed = try CanonicalCorrelation(first, second.matrixProduct(mixing) + 7)
    expectClose(
      mixed.correlations, try CanonicalCorrelation(first, second).correlations, within: 1e-9)
  }

  @Test func moreFeaturesThanSamplesNeedARidge() throws {
    let (first, second) = try chirpedPair(rows: 4, columns: 6)
    let ridged = try CanonicalCorrelation(first, second, regularization: 0.01)
    #expect(ridged.correlations.allSatisfy { (0...1).contains($0) })
    let error = #expect(throws: TorchError.self) {
      try CanonicalCorrelation(first, second, regularization: -0.01)
    }
    #expect(error?.reason.contains("raise it, or use more samples than features") == true)
  }

  @Test func matricesOfDifferentLengthsAreRefused() throws {
    let error = #expect(throws: TorchError.self) {
      try CanonicalCorrelation(Tensor.ones([3, 2]), Tensor.ones([4, 2]))
    }
    #expect(
      error?.description == "canonical correlation of [3, 2] and [4, 2]: it takes two matrices of "
        + "as many rows, two or more")
  }

  @Test func noComponentsAtAllAreRefused() throws {
    let (first, second) = try pair()
    let error = #expect(throws: TorchError.self) {
      try CanonicalCorrelation(first, second, components: 0)
    }
    #expect(
      error?.description
        == "canonical correlation of [60, 4] and [60, 3]: it keeps one component or more")
  }

  @Test func onlyTheFittedNumberOfFeaturesIsProjected() throws {
    let (first, second) = try pair()
    let found = try CanonicalCorrelation(first, second)
    let error = #expect(throws: TorchError.self) { try found.first(Tensor.ones([5, 1])) }
    #expect(error?.description == "projection of [5, 1]: it was fitted to [samples, 4]")
  }
}
