import Foundation

/// Adam's steps for the weights of a small network on a plain array.
///
/// Source: D. Kingma, J. Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015, Algorithm 1.
struct Adam {
  private var means: [Double]
  private var squares: [Double]
  private var fades = (mean: 1.0, square: 1.0)

  /// - Parameter count: The number of weights.
  init(count: Int) {
    means = Array(repeating: 0, count: count)
    squares = means
  }

  /// Goes one step against the gradient.
  ///
  /// - Parameters:
  ///   - gradient: One number per weight.
  ///   - scale: By what the gradient is multiplied first.
  ///   - rate: The learning rate.
  mutating func update(
    _ weights: inout [Double], against gradient: [Double], scale: Double = 1, rate: Double
  ) {
    precondition(
      weights.count == means.count && gradient.count == means.count,
      "\(weights.count) weights and \(gradient.count) slopes, expected \(means.count)")
    fades = (fades.mean * 0.9, fades.square * 0.999)
    let step = rate / (1 - fades.mean)
    let spread = 1 / (1 - fades.square).squareRoot()
    weights.withUnsafeMutableBufferPointer { weights in
      gradient.withUnsafeBufferPointer { gradient in
        for index in means.indices {
          let slope = gradient[index] * scale
          means[index] += 0.1 * (slope - means[index])
          squares[index] += 0.001 * (slope * slope - squares[index])
          weights[index] -= step * means[index] / (squares[index].squareRoot() * spread + 1e-8)
        }
      }
    }
  }
}
