import NetworkTestSupport
import Networks
import Testing
import Torch
import Training

@testable import Search

struct GradientNormTests {
  // Behind a head of zeros nothing reaches any other weight, and what reaches the head's own is known by
  // differences of the loss.
  @Test func withAHeadOfZerosItIsTheHeadsAlone() throws {
    let network = try ProxyNetworks.network(referenceDesign())
    let patches = try ProxyNetworks.patches()
    let head = try #require(network.kernels.first { $0.name == "head.level0.weight" }).tensor
    try head.copyValues(from: Tensor.zeros(like: head.detached()))
    let step = 1e-5
    var squares = 0.0
    for index in 0..<head.elementCount {
      func loss(_ value: Double) throws -> Double {
        var values = [Double](repeating: 0, count: head.elementCount)
        values[index] = value
        try head.copyValues(from: Tensor(values, shape: head.shape))
        return try Loss.deeplySupervised(
          logits: network(patches.inputs), classes: patches.classes
        ).item()
      }
      let slope = (try loss(step) - loss(-step)) / (2 * step)
      squares += slope * slope
    }
    try head.copyValues(from: Tensor.zeros(like: head.detached()))
    let score = try GradientNorm.score(of: network, on: patches)
    #expect(abs(score - squares.squareRoot()) < 1e-7)
  }
}
