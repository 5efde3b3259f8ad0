import Foundation
import Randomness

/// A network of two hidden layers on plain arrays, for a few hundred examples of a few dozen numbers.
struct SmallNetwork {
  private let inputs: Int
  private let hidden: Int

  /// The weights of each layer, unit by unit with the bias last, all layers in a row.
  private(set) var weights: [Double]

  init(inputs: Int, hidden: Int, weights: [Double]) {
    self.inputs = inputs
    self.hidden = hidden
    self.weights = weights
  }

  /// Draws the first weights.
  ///
  /// Source: K. He et al., "Delving Deep into Rectifiers", ICCV 2015, section 2.2.
  init(inputs: Int, hidden: Int, using generator: inout some RandomNumberGenerator) {
    self.inputs = inputs
    self.hidden = hidden
    weights = []
    for (reads, units) in [(inputs, hidden), (hidden, hidden), (hidden, 1)] {
      let deviation = (2 / Double(reads)).squareRoot()
      for _ in 0..<units {
        weights += (0..<reads).map { _ in generator.normal(deviation: deviation) } + [0]
      }
    }
  }

  func callAsFunction(_ features: [Double]) -> Double {
    let second = (inputs + 1) * hidden
    let third = second + (hidden + 1) * hidden
    let first = layer(features, at: 0, units: hidden).map { max($0, 0) }
    let next = layer(first, at: second, units: hidden).map { max($0, 0) }
    return layer(next, at: third, units: 1)[0]
  }

  private func layer(_ features: [Double], at offset: Int, units: Int) -> [Double] {
    let width = features.count + 1
    return (0..<units).map { unit in
      let row = offset + unit * width
      var sum = weights[row + features.count]
      // Most features are zero: a space's are one of several choices.
      for (index, feature) in features.enumerated() where feature != 0 {
        sum += weights[row + index] * feature
      }
      return sum
    }
  }

  /// Half the squared error of one example, its gradient added to `gradient`.
  func addGradient(of features: [Double], score: Double, to gradient: inout [Double]) -> Double {
    let second = (inputs + 1) * hidden
    let third = second + (hidden + 1) * hidden
    let first = layer(features, at: 0, units: hidden).map { max($0, 0) }
    let next = layer(first, at: second, units: hidden).map { max($0, 0) }
    let error = layer(next, at: third, units: 1)[0] - score
    let backNext = back([error], from: next, at: third, to: &gradient)
    let backFirst = back(backNext, from: first, at: second, to: &gradient)
    _ = back(backFirst, from: features, at: 0, to: &gradient, goesOn: false)
    return error * error / 2
  }

  /// Adds the gradient of a layer's weights and returns that of what it reads, before the rectifier.
  private func back(
    _ errors: [Double], from features: [Double], at offset: Int, to gradient: inout [Double],
    goesOn: Bool = true
  ) -> [Double] {
    var below = [Double](repeating: 0, count: goesOn ? features.count : 0)
    let width = features.count + 1
    for (unit, error) in errors.enumerated() where error != 0 {
      let row = offset + unit * width
      gradient[row + features.count] += error
      for (index, feature) in features.enumerated() where feature != 0 {
        gradient[row + index] += error * feature
        if goesOn { below[index] += error * weights[row + index] }
      }
    }
    return below
  }

  /// Trains with small batches in random order.
  ///
  /// Source: D. Kingma, J. Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015, Algorithm 1.
  mutating func train(
    on features: [[Double]], scores: [Double], epochs: Int, batch: Int = 16,
    using generator: inout some RandomNumberGenerator
  ) {
    var means = weights.map { _ in 0.0 }
    var squares = means
    var (fade, squareFade) = (1.0, 1.0)
    for epoch in 0..<epochs {
      let rate = 0.01 * (1 - Double(epoch) / Double(epochs))
      let order = features.indices.shuffled(using: &generator)
      for start in stride(from: 0, to: order.count, by: batch) {
        let part = order[start..<min(start + batch, order.count)]
        var gradient = weights.map { 1e-4 * $0 * Double(part.count) }
        for index in part {
          _ = addGradient(of: features[index], score: scores[index], to: &gradient)
        }
        (fade, squareFade) = (fade * 0.9, squareFade * 0.999)
        for index in weights.indices {
          let slope = gradient[index] / Double(part.count)
          means[index] += 0.1 * (slope - means[index])
          squares[index] += 0.001 * (slope * slope - squares[index])
          let mean = means[index] / (1 - fade)
          weights[index] -= rate * mean / ((squares[index] / (1 - squareFade)).squareRoot() + 1e-8)
        }
      }
    }
  }
}
