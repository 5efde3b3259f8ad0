import NetworkTestSupport
import Networks
import Randomness
import Testing
import Torch

struct ChannelAttentionTests {
  private func layer(_ channels: Int) throws -> ChannelAttention {
    var generator = SplitMix64(seed: 1)
    return try ChannelAttention(channels: channels, using: &generator)
  }

  @Test func allWeightsZeroHalveTheFeatures() throws {
    let layer = try layer(4)
    for (_, weight) in layer.namedWeights {
      try weight.copyValues(from: Tensor.zeros(like: weight))
    }
    let input = try image(3, [2, 4, 2, 3, 2]).converted(to: .float32)
    let halves = try input.floats().map { $0 / 2 }
    #expect(try layer(input).floats() == halves)
  }

  @Test func aChannelsFactorIsTheSameAtEveryVoxel() throws {
    let layer = try layer(8)
    let input = try image(3, [2, 8, 2, 3, 2])
    try layer.moveWeights(to: .cpu, type: .float64)
    let ratios = try (layer(input) / input).doubles()
    for channel in 0..<16 {
      let part = ratios[(channel * 12)..<(channel * 12 + 12)]
      #expect(part.allSatisfy { abs($0 - part[channel * 12]) < 1e-12 && $0 > 0 && $0 < 1 })
    }
  }

  @Test func weightsAreSqueezedToAQuarter() throws {
    let shapes = try layer(8).namedWeights.map { ($0.name, $0.tensor.shape) }
    #expect(
      shapes.map(\.0) == [
        "squeeze.weight", "squeeze.bias", "excitation.weight", "excitation.bias",
      ])
    #expect(shapes.map(\.1) == [[2, 8, 1, 1, 1], [2], [8, 2, 1, 1, 1], [8]])
  }

  @Test func gradientsAgreeWithFiniteDifferences() throws {
    try expectGradients(of: layer(8), at: image(1, [1, 8, 1, 2, 2]))
  }

  @Test func itHasNoMeansAroundAVoxel() throws {
    let layer = try layer(4)
    let input = try image(3, [1, 4, 4, 4, 4]).converted(to: .float32)
    let error = #expect(throws: TorchError.self) {
      try withLocalStatistics(LocalStatistics(patch: [2, 2, 2], image: [4, 4, 4])) {
        () throws(TorchError) in try layer(input)
      }
    }
    #expect(
      error?.description.hasSuffix(
        "it has no means around a voxel; let windows be as large as patches, or take statistics from "
          + "the whole window") == true)
  }
}
