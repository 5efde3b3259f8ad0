import Foundation
import Randomness

/// A network of two hidden layers on plain arrays, for a few hundred examples of a few dozen numbers.
struct SmallNetwork {
  private let layers: [DenseLayer]

  /// The weights of all layers in a row.
  private(set) var weights: [Double]

  init(inputs: Int, hidden: Int, weights: [Double]) {
    layers = Self.layers(inputs: inputs, hidden: hidden)
    self.weights = weights
  }

  /// Draws the first weights.
  ///
  /// Source: K. He et al., "Delving Deep into Rectifiers", ICCV 2015, section 2.2.
  init(inputs: Int, hidden: Int, using generator: inout some RandomNumberGenerator) {
    layers = Self.layers(inputs: inputs, hidden: hidden)
    weights = []
    for layer in layers {
      let deviation = (2 / Double(layer.inputs)).squareRoot()
      let drawn = layer.inputs * layer.outputs
      weights += (0..<drawn).map { _ in generator.normal(deviation: deviation) }
      weights += Array(repeating: 0, count: layer.outputs)
    }
  }

  func callAsFunction(_ features: [Double]) -> Double {
    var state = features
    for layer in layers.dropLast() { state = layer(state, weights).rectified }
    return layers[2](state, weights)[0]
  }

  /// Half the squared error of one example, its gradient added to `gradient`.
  func addGradient(of features: [Double], score: Double, to gradient: inout [Double]) -> Double {
    let first = layers[0](features, weights).rectified
    let second = layers[1](first, weights).rectified
    let error = layers[2](second, weights)[0] - score
    let backSecond = layers[2].back([error], from: second, weights, to: &gradient)
      .where(positive: second)
    let backFirst = layers[1].back(backSecond, from: first, weights, to: &gradient)
      .where(positive: first)
    layers[0].addGradient(backFirst, from: features, to: &gradient)
    return error * error / 2
  }

  /// Trains with small batches in random order.
  mutating func train(
    on features: [[Double]], scores: [Double], epochs: Int, batch: Int = 16,
    using generator: inout some RandomNumberGenerator
  ) {
    var adam = Adam(count: weights.count)
    for epoch in 0..<epochs {
      let rate = 0.01 * (1 - Double(epoch) / Double(epochs))
      let order = features.indices.shuffled(using: &generator)
      for start in stride(from: 0, to: order.count, by: batch) {
        let part = order[start..<min(start + batch, order.count)]
        var gradient = weights.map { 1e-4 * $0 * Double(part.count) }
        for index in part {
          _ = addGradient(of: features[index], score: scores[index], to: &gradient)
        }
        adam.update(&weights, against: gradient, scale: 1 / Double(part.count), rate: rate)
      }
    }
  }

  private static func layers(inputs: Int, hidden: Int) -> [DenseLayer] {
    let first = DenseLayer(inputs: inputs, outputs: hidden, offset: 0)
    let second = DenseLayer(inputs: hidden, outputs: hidden, offset: first.end)
    return [first, second, DenseLayer(inputs: hidden, outputs: 1, offset: second.end)]
  }
}

extension [Double] {
  /// The numbers with zero for the negative ones.
  fileprivate var rectified: [Double] { map { Swift.max($0, 0) } }

  /// The numbers with zero where others are not positive.
  fileprivate func `where`(positive others: [Double]) -> [Double] {
    zip(self, others).map { $1 > 0 ? $0 : 0 }
  }
}
