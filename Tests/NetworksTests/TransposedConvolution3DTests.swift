import NetworkTestSupport
import Networks
import Randomness
import Testing
import Torch

/// Reference values: PyTorch 2.15, from Tests/Reference/network_values.py.
struct TransposedConvolution3DTests {
  private func makeLayer() throws(TorchError) -> TransposedConvolution3D {
    var generator = SplitMix64(seed: 1)
    return try TransposedConvolution3D(
      inChannels: 3, outChannels: 2, stride: [1, 2, 2], using: &generator)
  }

  @Test func everyVoxelBecomesABlock() throws {
    let layer = try makeLayer()
    #expect(try layer(Tensor.zeros([2, 3, 3, 4, 5])).shape == [2, 2, 3, 8, 10])
  }

  @Test func agreesWithPyTorch() throws {
    let layer = try makeLayer()
    try layer.fillByName()
    let found = try digest(layer(image(0, [2, 3, 3, 4, 5])))
    #expect(agree(found, NetworkReferenceValues.layers["transposedConvolution"]))
  }

  @Test func gradientsAgreeWithFiniteDifferences() throws {
    try expectGradients(of: makeLayer(), at: image(1, [1, 3, 2, 2, 2]))
  }
}
