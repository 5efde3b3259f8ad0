import NetworkTestSupport
import Networks
import Randomness
import Testing
import Torch

/// Reference values: PyTorch 2.15, from Tests/Reference/network_values.py.
struct StageTests {
  private func makeLayer(blocks: Int) throws(TorchError) -> Stage {
    var generator = SplitMix64(seed: 1)
    return try Stage(
      inChannels: 3, outChannels: 4, kernel: [3, 3, 3], stride: [1, 2, 2], blocks: blocks,
      using: &generator)
  }

  @Test func onlyTheFirstBlockReduces() throws {
    for blocks in 1...3 {
      #expect(
        try makeLayer(blocks: blocks)(Tensor.zeros([1, 3, 2, 4, 6])).shape == [1, 4, 2, 2, 3])
    }
  }

  @Test func agreesWithPyTorch() throws {
    let layer = try makeLayer(blocks: 2)
    try layer.fillByName()
    let found = try digest(layer(image(0, [2, 3, 3, 4, 5])))
    #expect(agree(found, NetworkReferenceValues.layers["stage"]))
  }
}
