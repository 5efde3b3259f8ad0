import Networks
import Randomness
import Testing
import Torch

struct ModuleTests {
  private func makeStage() throws(TorchError) -> Stage {
    var generator = SplitMix64(seed: 1)
    return try Stage(
      inChannels: 2, outChannels: 3, kernel: [1, 3, 3], blocks: 2, using: &generator)
  }

  @Test func weightsAreListedDepthFirst() throws {
    #expect(
      try makeStage().namedWeights.map(\.name) == [
        "block0.convolution.weight", "block0.convolution.bias", "block0.normalization.scale",
        "block0.normalization.shift", "block1.convolution.weight", "block1.convolution.bias",
        "block1.normalization.scale", "block1.normalization.shift",
      ])
  }

  @Test func weightsAreCountedByNumber() throws {
    // 9·2·3 + 9 and 9·3·3 + 9: taps, bias, scale, shift.
    #expect(try makeStage().weightCount == 63 + 90)
  }

  @Test func copiesShareTheirWeights() throws {
    let stage = try makeStage()
    let copy = stage
    try stage.moveWeights(to: .cpu, type: .float64)
    #expect(copy.namedWeights.allSatisfy { $0.tensor.scalarType == .float64 })
    #expect(copy.namedWeights.allSatisfy { $0.tensor.requiresGradient })
  }
}
