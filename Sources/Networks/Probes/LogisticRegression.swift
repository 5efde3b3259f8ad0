import Foundation
public import Torch

/// Multinomial logistic regression with an L2 penalty on the weights and none on the intercepts: a
/// linear classifier of feature vectors.
///
/// Minimises the sum of the samples' cross-entropies plus half the penalty times the weights' squares:
/// scikit-learn's `LogisticRegression(C=1/penalty)`. The intercepts, which are determined up to a
/// common shift, add up to 0. Newton's method with step halving, so there is no randomness.
///
/// Source: C. Bishop, "Pattern Recognition and Machine Learning", 2006, section 4.3.4.
public struct LogisticRegression: Hashable, Sendable {
  /// Per class a weight for each feature.
  public let weights: [[Double]]

  /// One per class.
  public let intercepts: [Double]

  /// Newton steps that were made.
  public let steps: Int

  private static let mostSteps = 100

  /// The most unknowns: the matrix of their second derivatives, of which a few copies are made, has a
  /// gigabyte then.
  static let mostUnknowns = 12_000

  /// The greatest slope at which the minimum counts as found, per sample.
  private static let tolerance = 1e-9

  /// Fits to samples.
  ///
  /// - Parameters:
  ///   - samples: As many finite numbers each; one sample or more.
  ///   - classes: The class of each sample, `0..<classCount`; a class may have no sample.
  ///   - penalty: Above 0.
  /// - Throws: `TorchError` when there are more than 12 000 unknowns, one per class and feature, when memory
  ///   runs out, or when numbers are so large that the matrix of second derivatives cannot be factored;
  ///   standardise the features then.
  public init(
    _ samples: [[Double]], classes: [Int], classCount: Int, penalty: Double = 1
  ) throws(TorchError) {
    precondition(
      !samples.isEmpty && samples.count == classes.count && penalty > 0 && classCount >= 1
        && classes.allSatisfy { (0..<classCount).contains($0) },
      "\(samples.count) samples, \(classes.count) classes, a penalty of \(penalty)")
    let unknowns = classCount * (samples[0].count + 1)
    guard unknowns <= Self.mostUnknowns else {
      throw TorchError(
        operation: "logistic regression of \(classCount) classes by \(samples[0].count) features",
        reason:
          "it has \(unknowns) unknowns, and at most \(Self.mostUnknowns) are solved for at once")
    }
    let problem = try LogisticProblem(
      samples, classes: classes, classCount: classCount, penalty: penalty)
    var point = try Tensor.zeros([problem.width, classCount], type: .float64)
    var (value, steps) = (try problem.value(at: point), 0)
    while steps < Self.mostSteps {
      let gradient = try problem.gradient(at: point)
      let slope = try gradient.absolute().maximum().item()
      guard slope > Self.tolerance * Double(samples.count) else { break }
      let direction = try problem.newtonDirection(at: point, gradient)
      let drop = try (direction * gradient).sum().item()
      var (length, moved) = (1.0, try point + direction)
      var found = try problem.value(at: moved)
      while found > value + 1e-4 * length * drop, length > 1e-10 {
        length /= 2
        moved = try point + direction * length
        found = try problem.value(at: moved)
      }
      // Rounding, and no more, is left when nothing gets lower.
      guard found < value || length == 1 else { break }
      (point, value) = (moved, found)
      steps += 1
    }
    let numbers = try point.doubles()
    let rows = (0..<problem.width).map {
      Array(numbers[$0 * classCount..<($0 + 1) * classCount])
    }
    weights = (0..<classCount).map { label in rows.dropLast().map { $0[label] } }
    let last = rows[rows.count - 1]
    let mean = last.reduce(0, +) / Double(classCount)
    intercepts = last.map { $0 - mean }
    self.steps = steps
  }

  /// The probability of each class.
  public func probabilities(of sample: [Double]) -> [Double] {
    let scores = scores(of: sample)
    let highest = scores.max() ?? 0
    let powers = scores.map { exp($0 - highest) }
    let total = powers.reduce(0, +)
    return powers.map { $0 / total }
  }

  /// The most probable class; of equals the first.
  public func label(of sample: [Double]) -> Int {
    let scores = scores(of: sample)
    return scores.indices.dropFirst().reduce(0) { scores[$1] > scores[$0] ? $1 : $0 }
  }

  private func scores(of sample: [Double]) -> [Double] {
    precondition(sample.count == weights[0].count, "\(sample.count) features")
    return zip(weights, intercepts).map { weights, intercept in
      zip(weights, sample).reduce(intercept) { $0 + $1.0 * $1.1 }
    }
  }
}
