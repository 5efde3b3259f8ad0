import Foundation
import Measuring
import Torch
import Training

/// Twenty steps with clipping of the weights of a U-Net of four levels of 16 to 128 channels.
enum OptimizerFigure {
  static func measure(repetitions: Int) throws {
    print(try measure("sgd", repetitions) { try SGD(weights: $0) }.line())
    print(try measure("adamw", repetitions) { try AdamW(weights: $0) }.line())
  }

  private static func measure(
    _ name: String, _ repetitions: Int, _ make: ([NamedTensor]) throws -> any Optimizer
  ) throws -> Figure {
    let weights = try shapes.enumerated().map { index, shape in
      let count = shape.reduce(1, *)
      let values = (0..<count).map { Float(sin(Double($0 + index))) * 0.05 }
      return (name: "\(index)", tensor: try Tensor(values, shape: shape))
    }
    for weight in weights {
      try weight.tensor.markAsWeight()
      try (weight.tensor * weight.tensor).sum().backward()
    }
    var optimizer = try make(weights)
    return try Figure("optimiser/\(name)/chiasm", repetitions: repetitions) {
      for _ in 0..<20 { try optimizer.update(rate: 0.01, clippingTo: 12) }
    }
  }

  /// Two convolutions per level and direction, each with a bias and a normalisation.
  private static var shapes: [[Int]] {
    var shapes: [[Int]] = []
    func block(_ inputs: Int, _ outputs: Int) {
      shapes += [[outputs, inputs, 3, 3, 3], [outputs], [outputs], [outputs]]
    }
    var before = 3
    for channels in [16, 32, 64, 128] {
      block(before, channels)
      block(channels, channels)
      before = channels
    }
    for channels in [64, 32, 16] {
      shapes += [[2 * channels, channels, 2, 2, 2], [channels]]
      block(2 * channels, channels)
      block(channels, channels)
    }
    return shapes + [[4, 16, 1, 1, 1], [4]]
  }
}
