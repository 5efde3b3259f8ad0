import Networks
import Randomness
import Testing
import Torch

/// He initialisation as `torch.nn.init.kaiming_normal_(weight, a=0.01)` draws it.
struct InitializationTests {
  private func deviation(_ tensor: Tensor) throws -> Double {
    let values = try tensor.doubles()
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    #expect(abs(mean) < 0.01)
    return (squares / Double(values.count)).squareRoot()
  }

  @Test func convolutionsKeepTheSizeOfActivations() throws {
    var generator = SplitMix64(seed: 4)
    let layer = try Convolution3D(
      inChannels: 16, outChannels: 64, kernel: [3, 3, 3], using: &generator)
    // √(2 / ((1 + 0.01²) · 16 · 27)); 27648 draws tell the deviation to about 0.4 %.
    #expect(abs(try deviation(layer.weight) / 0.06803800 - 1) < 0.02)
    #expect(try layer.bias?.doubles() == Array(repeating: 0, count: 64))
  }

  @Test func transposedConvolutionsCountTheirOutputsAsPyTorchDoes() throws {
    var generator = SplitMix64(seed: 5)
    let layer = try TransposedConvolution3D(
      inChannels: 64, outChannels: 32, stride: [2, 2, 2], using: &generator)
    // √(2 / ((1 + 0.01²) · 32 · 8)).
    #expect(abs(try deviation(layer.weight) / 0.08838393 - 1) < 0.02)
    #expect(try layer.bias.doubles() == Array(repeating: 0, count: 32))
  }

  @Test func normalisationsStartAsTheyAre() throws {
    let layer = try InstanceNormalization(channels: 3)
    #expect(try layer.scale.doubles() == [1, 1, 1])
    #expect(try layer.shift.doubles() == [0, 0, 0])
  }

  @Test func aSeedGivesTheSameWeights() throws {
    func draw(seed: UInt64) throws -> [Float] {
      var generator = SplitMix64(seed: seed)
      return try Convolution3D(
        inChannels: 2, outChannels: 3, kernel: [1, 3, 3], using: &generator
      ).weight.floats()
    }
    #expect(try draw(seed: 1) == draw(seed: 1))
    #expect(try draw(seed: 1) != draw(seed: 2))
  }
}
