import NetworkTestSupport
import Networks
import Randomness
import Testing
import Torch

/// Reference values: PyTorch 2.15, from Tests/Reference/network_values.py.
struct Convolution3DTests {
  private func makeLayer(bias: Bool = true) throws(TorchError) -> Convolution3D {
    var generator = SplitMix64(seed: 1)
    return try Convolution3D(
      inChannels: 3, outChannels: 2, kernel: [3, 1, 3], stride: [1, 1, 2], bias: bias,
      using: &generator)
  }

  @Test func strideReducesAndPaddingKeeps() throws {
    let layer = try makeLayer()
    let output = try layer(Tensor.zeros([2, 3, 3, 4, 5]))
    #expect(output.shape == [2, 2, 3, 4, 3])
  }

  @Test func agreesWithPyTorch() throws {
    let layer = try makeLayer()
    try layer.fillByName()
    let found = try digest(layer(image(0, [2, 3, 3, 4, 5])))
    #expect(agree(found, NetworkReferenceValues.layers["convolution"]))
  }

  @Test func gradientsAgreeWithFiniteDifferences() throws {
    try expectGradients(of: makeLayer(), at: image(1, [1, 3, 2, 2, 3]))
  }

  @Test func aConvolutionWithoutBiasHasOneWeight() throws {
    #expect(try makeLayer(bias: false).namedWeights.map(\.name) == ["weight"])
  }

  @Test func anInputOfOtherChannelsIsAnError() throws {
    let layer = try makeLayer()
    #expect(throws: TorchError.self) { try layer(Tensor.zeros([1, 2, 3, 3, 3])) }
  }
}
