import Architecture
import NetworkTestSupport
import Networks
import Randomness
import Testing
import Torch

struct EncoderTests {
  @Test func thePyramidHasTheGridsOfTheTopology() throws {
    var generator = SplitMix64(seed: 1)
    let encoder = try Encoder(inChannels: 1, topology: smallTopology, using: &generator)
    for patch in [[4, 8, 8], [2, 12, 4], [5, 7, 9]] {
      let pyramid = try encoder(Tensor.zeros([2, 1] + patch))
      let expected = zip(smallTopology.levels, smallTopology.reducedGrids(patch))
      #expect(pyramid.map(\.shape) == expected.map { [2, $0.channels] + $1 })
    }
  }

  @Test func aShallowerEncoderIsTheTopOfTheDeepOne() throws {
    func pyramid(depth: Int?) throws -> [[Float]] {
      var generator = SplitMix64(seed: 3)
      let encoder = try Encoder(
        inChannels: 2, topology: smallTopology, depth: depth, using: &generator)
      let input = try image(0, [1, 2, 4, 8, 8]).converted(to: .float32)
      return try encoder(input).map { try $0.floats() }
    }
    #expect(try pyramid(depth: 2) == Array(pyramid(depth: nil).prefix(2)))
  }

  @Test func gradientsAgreeWithFiniteDifferences() throws {
    var generator = SplitMix64(seed: 1)
    let level = Topology.Level(channels: 2, kernel: [1, 1, 3], stride: [1, 1, 1])
    let below = Topology.Level(channels: 2, kernel: [1, 3, 1], stride: [1, 2, 1])
    let topology = Topology(levels: [level, below], blocksPerLevel: 1, classes: 2)
    let encoder = try Encoder(inChannels: 1, topology: topology, using: &generator)
    try encoder.fillByName()
    let input = try image(2, [1, 1, 2, 4, 3])
    try expectGradients(of: encoder.namedWeights + [(name: "input", tensor: input)]) {
      let pyramid = try encoder(input)
      return try Tensor.concatenated(
        [pyramid[0].reshaped([-1]), pyramid[1].reshaped([-1])], axis: 0)
    }
  }
}
