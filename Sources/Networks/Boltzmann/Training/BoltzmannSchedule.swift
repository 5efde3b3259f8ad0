/// How often and how far a Boltzmann machine's weights are moved.
public struct BoltzmannSchedule: Hashable, Sendable {
  /// How often each sample is used.
  public var epochs: Int

  /// Samples per step.
  public var batchSize: Int

  /// The first step's factor of the gradient, which falls evenly towards zero.
  public var learningRate: Double

  /// What of the weights (not of biases) is subtracted from their gradient.
  public var weightDecay: Double

  public init(
    epochs: Int = 50, batchSize: Int = 20, learningRate: Double = 0.05, weightDecay: Double = 1e-4
  ) {
    precondition(epochs >= 1 && batchSize >= 1, "\(epochs) epochs of batches of \(batchSize)")
    self.epochs = epochs
    self.batchSize = batchSize
    self.learningRate = learningRate
    self.weightDecay = weightDecay
  }

  /// The samples of each step, drawn anew in each epoch, and its learning rate.
  func steps(
    samples: Int, using generator: inout some RandomNumberGenerator
  ) -> [(samples: [Int], rate: Double)] {
    var batches: [[Int]] = []
    for _ in 0..<epochs {
      let order = (0..<samples).shuffled(using: &generator)
      for start in stride(from: 0, to: samples, by: batchSize) {
        batches.append(Array(order[start..<min(start + batchSize, samples)]))
      }
    }
    let count = Double(batches.count)
    return batches.enumerated().map { step, batch in
      (batch, learningRate * (1 - Double(step) / count))
    }
  }
}
