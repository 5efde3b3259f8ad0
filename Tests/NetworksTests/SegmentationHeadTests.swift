import NetworkTestSupport
import Networks
import Randomness
import Testing
import Torch

/// Reference values: PyTorch 2.15, from Tests/Reference/network_values.py.
struct SegmentationHeadTests {
  private func makeLayer() throws(TorchError) -> SegmentationHead {
    var generator = SplitMix64(seed: 1)
    return try SegmentationHead(channels: 3, classes: 4, using: &generator)
  }

  @Test func agreesWithPyTorch() throws {
    let layer = try makeLayer()
    try layer.fillByName()
    #expect(layer.namedWeights.map(\.name) == ["weight", "bias"])
    let found = try digest(layer(image(0, [2, 3, 3, 4, 5])))
    #expect(agree(found, NetworkReferenceValues.layers["segmentationHead"]))
  }

  @Test func gradientsAgreeWithFiniteDifferences() throws {
    try expectGradients(of: makeLayer(), at: image(1, [1, 3, 1, 2, 2]))
  }
}
