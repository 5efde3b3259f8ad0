import Architecture
import NetworkTestSupport
import Networks
import Randomness
import Testing
import Torch

struct DecoderTests {
  private func pyramid(_ topology: Topology, patch: [Int]) throws -> [Tensor] {
    try zip(topology.levels, topology.reducedGrids(patch)).enumerated().map {
      try image($0, [1, $1.0.channels] + $1.1)
    }
  }

  @Test func everyLevelButTheLowestIsDecoded() throws {
    var generator = SplitMix64(seed: 1)
    let decoder = try Decoder(topology: smallTopology, using: &generator)
    try decoder.moveWeights(to: .cpu, type: .float64)
    let decoded = try decoder(pyramid(smallTopology, patch: [4, 8, 12]))
    #expect(decoded.map(\.shape) == [[1, 2, 4, 8, 12], [1, 3, 4, 4, 6]])
  }

  @Test func aPatchThatDoesNotDivideIsAnError() throws {
    var generator = SplitMix64(seed: 1)
    let decoder = try Decoder(topology: smallTopology, using: &generator)
    try decoder.moveWeights(to: .cpu, type: .float64)
    let odd = try pyramid(smallTopology, patch: [5, 8, 8])
    #expect(throws: TorchError.self) { try decoder(odd) }
  }

  @Test func gradientsAgreeWithFiniteDifferences() throws {
    var generator = SplitMix64(seed: 1)
    let level = Topology.Level(channels: 2, kernel: [1, 1, 3], stride: [1, 1, 1])
    let below = Topology.Level(channels: 3, kernel: [1, 1, 3], stride: [1, 2, 1])
    let topology = Topology(levels: [level, below], blocksPerLevel: 1, classes: 2)
    let decoder = try Decoder(topology: topology, using: &generator)
    try decoder.fillByName()
    let pyramid = try pyramid(topology, patch: [1, 4, 3])
    let named = pyramid.enumerated().map { (name: "level \($0)", tensor: $1) }
    try expectGradients(of: decoder.namedWeights + named) { try decoder(pyramid)[0] }
  }
}
