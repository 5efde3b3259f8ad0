import Architecture
import NetworkTestSupport
import Networks
import Randomness
import Testing
import Torch

/// Reference values: PyTorch 2.15, from Tests/Reference/space_values.py.
struct ChainNetworkTests {
  private func stages(_ choices: [(blocks: Int, kernel: Int, channels: Int)]) -> [ChainStage] {
    choices.map { ChainStage(blocks: $0.blocks, kernel: $0.kernel, channels: $0.channels) }
  }

  private func design(
    _ encoder: [(blocks: Int, kernel: Int, channels: Int)],
    _ decoder: [(blocks: Int, kernel: Int, channels: Int)], _ normalization: FeatureNormalization,
    _ activation: Activation
  ) throws -> NetworkDesign {
    .chain(
      ["ct", "mri"],
      try ChainGenotype(
        encoder: stages(encoder), decoder: stages(decoder), normalization: normalization,
        activation: activation))
  }

  @Test func batchesAreLearntFromInTrainingAlone() throws {
    let network = try expectReference(
      design([(2, 3, 4), (1, 1, 6), (1, 3, 8)], [(1, 3, 6), (2, 3, 4)], .batch, .relu),
      "batch chain", patch: [5, 6, 7])
    let buffers = network.namedBuffers
    #expect(buffers.map(\.name).sorted() == SpaceReferenceValues.averages.keys.sorted())
    for (name, tensor) in buffers {
      #expect(agree(try digest(tensor), SpaceReferenceValues.averages[name]), "\(name)")
    }
    let inputs = try (0..<2).map { try image($0, [2, 1, 5, 6, 7]) }
    let afterwards = try network(inputs)[0]
    #expect(try digest(network(inputs)[0]) == digest(afterwards))
  }

  @Test func groupsOfChannelsAreNormalised() throws {
    try expectReference(
      design([(1, 3, 8), (1, 3, 3)], [(1, 5, 4)], .group, .gelu), "group chain", patch: [4, 6, 5])
  }

  @Test func aShortDecoderIsEnlarged() throws {
    try expectReference(
      design([(1, 3, 4), (1, 3, 4), (1, 3, 8)], [(1, 3, 4)], .instance, .silu), "instance chain",
      patch: [6, 5, 8])
  }

  @Test func normalisationMayBeLeftOut() throws {
    try expectReference(
      design([(1, 5, 2), (1, 3, 4)], [(1, 1, 3)], .none, .leakyRelu), "none chain",
      patch: [4, 4, 6])
  }

  @Test func theKernelsOfInstanceNormalisationRectifyToo() throws {
    try expectReference(
      design([(1, 3, 4), (2, 3, 4)], [(1, 3, 4)], .instance, .relu), "rectified chain",
      patch: [4, 6, 6])
  }

  @Test func everyChainHasAsManyWeightsAsItsCostSays() throws {
    let space = try ChainSpace(encoderStages: 2...4, blocks: 1...2, channels: [3, 8, 12])
    try expectCostsAndKernels(
      of: .chains(space, modalities: ["ct", "mri", "pet"]), count: 40, seed: 3)
  }

  @Test func aBatchOfOneNumberPerChannelIsRefused() throws {
    let network = try filledNetwork(design([(1, 3, 4), (1, 3, 4)], [(1, 3, 4)], .batch, .relu))
    var generator = SplitMix64(seed: 1)
    let inputs = try (0..<2).map { try image($0, [1, 1, 2, 2, 2]) }
    let error = #expect(throws: TorchError.self) {
      try network.trainingOutput(of: inputs, using: &generator)
    }
    #expect(
      error?.description.hasSuffix(
        "a single number per channel has no variance; let batches or patches be larger, or halve the "
          + "grid less often") == true)
    // Afterwards the averages serve.
    #expect(try network(inputs)[0].doubles().allSatisfy { $0.isFinite })
  }

  /// Logits of coarse voxels lie where their voxels do, whatever is cut off behind them.
  @Test func aShortDecoderKeepsItsPlaces() throws {
    let network = try filledNetwork(
      design([(1, 1, 4), (1, 1, 4), (1, 1, 4)], [(1, 1, 4)], .none, .relu))
    func logits(_ length: Int) throws -> [Double] {
      let inputs = try (0..<2).map { _ in
        try Tensor((0..<length).map { Double($0 / 4 % 2) }, shape: [1, 1, 1, 1, length])
      }
      let output = try network(inputs)[0]
      return try output.narrowed(axis: 1, from: 0, count: 1).doubles()
    }
    let (whole, cut) = (try logits(16), try logits(13))
    #expect(cut.count == 13)
    #expect(zip(whole, cut).prefix(12).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(Set(whole.map { ($0 * 1e9).rounded() }).count > 2)
  }

  @Test func groupsHaveNoStatisticsAroundAVoxel() throws {
    let network = try filledNetwork(
      design([(1, 3, 4), (1, 3, 4)], [(1, 3, 4)], .group, .relu))
    let inputs = try (0..<2).map { try image($0, [1, 1, 8, 8, 8]) }
    let error = #expect(throws: TorchError.self) {
      try withLocalStatistics(LocalStatistics(patch: [4, 4, 4], image: [8, 8, 8])) {
        () throws(TorchError) in try network(inputs)
      }
    }
    #expect(
      error?.description.hasSuffix(
        "there are no statistics around a voxel for groups of channels; let windows be as large as "
          + "patches, or take statistics from the whole window") == true)
  }
}
