import Randomness
import TestSupport
import Testing

@testable import Search

struct SmallNetworkTests {
  @Test func gradientsAreThoseOfFiniteDifferences() {
    var generator = SplitMix64(seed: 2)
    let network = SmallNetwork(inputs: 4, hidden: 3, using: &generator)
    let features = [0.5, 0, -1.2, 0.8]
    var gradient = network.weights.map { _ in 0.0 }
    _ = network.addGradient(of: features, score: 0.3, to: &gradient)
    let expected = finiteDifference(at: network.weights) { weights in
      var ignored = weights
      return SmallNetwork(inputs: 4, hidden: 3, weights: weights)
        .addGradient(of: features, score: 0.3, to: &ignored)
    }
    expectClose(gradient, expected, within: 1e-8)
    #expect(gradient.contains { $0 != 0 })
  }

  // Exclusive or is not linear.
  @Test func learnsExclusiveOr() {
    var generator = SplitMix64(seed: 3)
    let features = [[0.0, 0], [0, 1], [1, 0], [1, 1]]
    var network = SmallNetwork(inputs: 2, hidden: 8, using: &generator)
    network.train(on: features, scores: [-1, 1, 1, -1], epochs: 800, using: &generator)
    expectClose(features.map { network($0) }, [-1, 1, 1, -1], within: 0.1)
  }
}
