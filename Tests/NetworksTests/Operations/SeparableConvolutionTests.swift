import NetworkTestSupport
import Networks
import Randomness
import Testing
import Torch

struct SeparableConvolutionTests {
  private func layer(_ channels: Int) throws -> SeparableConvolution {
    var generator = SplitMix64(seed: 1)
    return try SeparableConvolution(channels: channels, using: &generator)
  }

  @Test func everyChannelHasItsOwnKernel() throws {
    let shapes = try layer(8).namedWeights.map { "\($0.name) \($0.tensor.shape)" }
    #expect(
      shapes == [
        "depthwise.weight [8, 1, 3, 3, 3]", "pointwise.convolution.weight [8, 8, 1, 1, 1]",
        "pointwise.convolution.bias [8]", "pointwise.normalization.scale [8]",
        "pointwise.normalization.shift [8]",
      ])
  }

  @Test func gradientsAgreeWithFiniteDifferences() throws {
    try expectGradients(of: layer(3), at: image(1, [1, 3, 2, 3, 2]))
  }

  // float32 images take the blocked kernels, float64 libtorch's.
  @Test func bothPrecisionsAgree() throws {
    let layer = try layer(8)
    let input = try image(4, [2, 8, 4, 5, 6])
    let single = try layer(input.converted(to: .float32)).floats()
    try layer.moveWeights(to: .cpu, type: .float64)
    let double = try layer(input).doubles()
    #expect(zip(single, double).allSatisfy { abs(Double($0) - $1) < 1e-4 })
  }
}
