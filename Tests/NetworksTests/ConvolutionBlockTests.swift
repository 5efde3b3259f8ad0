import NetworkTestSupport
import Networks
import Randomness
import Testing
import Torch

/// Reference values: PyTorch 2.15, from Tests/Reference/network_values.py.
struct ConvolutionBlockTests {
  private func makeLayer() throws(TorchError) -> ConvolutionBlock {
    var generator = SplitMix64(seed: 1)
    return try ConvolutionBlock(
      inChannels: 3, outChannels: 2, kernel: [3, 3, 3], stride: [2, 2, 2], using: &generator)
  }

  @Test func agreesWithPyTorch() throws {
    let layer = try makeLayer()
    try layer.fillByName()
    let found = try digest(layer(image(0, [2, 3, 3, 4, 5])))
    #expect(agree(found, NetworkReferenceValues.layers["convolutionBlock"]))
  }

  @Test func gradientsAgreeWithFiniteDifferences() throws {
    try expectGradients(of: makeLayer(), at: image(1, [1, 3, 3, 3, 4]))
  }
}
