import Foundation

/// A Gaussian process with a squared-exponential kernel: exact, and at home with few examples.
///
/// How fast the kernel falls and how noisy the scores are is chosen from a small grid by the
/// likelihood of the examples, anew each time that their number has grown by a tenth.
///
/// Source: C. Rasmussen, C. Williams, "Gaussian Processes for Machine Learning", MIT Press 2006,
/// Algorithm 2.1.
public struct GaussianProcess: Surrogate {
  /// What the likelihood chooses.
  private struct Settings {
    /// By which squared distances are divided.
    var scale: Double
    /// The variance of the noise, beside the kernel's of one.
    var noise: Double
  }

  private static let scales: [Double] = [1, 2, 4, 8, 16, 32, 64]
  private static let noises: [Double] = [0.01, 0.03, 0.1, 0.3]

  private var settings = Settings(scale: 8, noise: 0.1)
  private var chosenFor = 0
  private var examples: [[Double]] = []
  private var factor = CholeskyFactor(of: [], count: 0)
  private var weights: [Double] = []

  public init() {}

  /// - Complexity: O(*n*³) in the number of examples.
  public mutating func fit(_ features: [[Double]], scores: [Double]) {
    examples = features
    let distances = Self.distances(among: features)
    if 10 * features.count > 11 * chosenFor {
      chosenFor = features.count
      settings = Self.mostLikely(distances: distances, scores: scores) ?? settings
    }
    factor = Self.factor(of: distances, count: scores.count, settings)
    weights = factor.solve(scores)
  }

  /// - Complexity: O(*n*²) in the number of examples.
  public func predict(_ features: [Double]) -> (mean: Double, deviation: Double) {
    let kernel = examples.map { exp(-Self.distance($0, features) / settings.scale) }
    let mean = zip(kernel, weights).reduce(0) { $0 + $1.0 * $1.1 }
    let explained = factor.forward(kernel).reduce(0) { $0 + $1 * $1 }
    return (mean, max(1 + settings.noise - explained, 0).squareRoot())
  }

  private static func mostLikely(distances: [Double], scores: [Double]) -> Settings? {
    var best: (settings: Settings, likelihood: Double)?
    for scale in scales {
      for noise in noises {
        let settings = Settings(scale: scale, noise: noise)
        let factor = factor(of: distances, count: scores.count, settings)
        let fit = factor.forward(scores).reduce(0) { $0 + $1 * $1 }
        let likelihood = -0.5 * fit - factor.halfLogDeterminant
        if likelihood > best?.likelihood ?? -.infinity { best = (settings, likelihood) }
      }
    }
    return best?.settings
  }

  private static func factor(
    of distances: [Double], count: Int, _ settings: Settings
  ) -> CholeskyFactor {
    var kernel = distances.map { exp(-$0 / settings.scale) }
    for index in 0..<count { kernel[index * count + index] += settings.noise }
    return CholeskyFactor(of: kernel, count: count)
  }

  /// The distances of all from all, row by row.
  private static func distances(among features: [[Double]]) -> [Double] {
    let count = features.count
    var distances = [Double](repeating: 0, count: count * count)
    for row in 0..<count {
      for column in 0..<row {
        let distance = distance(features[row], features[column])
        distances[row * count + column] = distance
        distances[column * count + row] = distance
      }
    }
    return distances
  }

  /// Half the squared distance; of ones and zeros, the number of choices that differ.
  private static func distance(_ left: [Double], _ right: [Double]) -> Double {
    precondition(left.count == right.count, "\(left.count) and \(right.count) features")
    return left.withUnsafeBufferPointer { left in
      right.withUnsafeBufferPointer { right in
        var sum = 0.0
        for index in left.indices {
          let difference = left[index] - right[index]
          sum += difference * difference
        }
        return sum / 2
      }
    }
  }
}

/// The lower triangle whose product with its transpose is a given matrix.
///
/// Source: A.-L. Cholesky; G. Golub, C. Van Loan, "Matrix Computations", section 4.2.
struct CholeskyFactor {
  private let count: Int
  private var rows: [Double]

  /// - Parameter matrix: `count` × `count` numbers, symmetric and positive definite.
  init(of matrix: [Double], count: Int) {
    precondition(matrix.count == count * count, "\(matrix.count) numbers for \(count) rows")
    self.count = count
    rows = matrix
    rows.withUnsafeMutableBufferPointer { rows in
      for row in 0..<count {
        for column in 0...row {
          var sum = rows[row * count + column]
          for index in 0..<column {
            sum -= rows[row * count + index] * rows[column * count + index]
          }
          rows[row * count + column] =
            row == column
            ? max(sum, 1e-12).squareRoot() : sum / rows[column * count + column]
        }
      }
    }
  }

  /// Half the logarithm of the matrix's determinant.
  var halfLogDeterminant: Double {
    (0..<count).reduce(0) { $0 + log(rows[$1 * count + $1]) }
  }

  /// The vector that the triangle maps on to the given one.
  func forward(_ vector: [Double]) -> [Double] {
    var result = vector
    result.withUnsafeMutableBufferPointer { result in
      rows.withUnsafeBufferPointer { rows in
        for row in 0..<count {
          var sum = result[row]
          for column in 0..<row { sum -= rows[row * count + column] * result[column] }
          result[row] = sum / rows[row * count + row]
        }
      }
    }
    return result
  }

  /// The vector that the matrix maps on to the given one.
  func solve(_ vector: [Double]) -> [Double] {
    var result = forward(vector)
    for row in (0..<count).reversed() {
      for below in (row + 1)..<max(count, row + 1) {
        result[row] -= rows[below * count + row] * result[below]
      }
      result[row] /= rows[row * count + row]
    }
    return result
  }
}
