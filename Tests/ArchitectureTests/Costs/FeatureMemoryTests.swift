import Testing

@testable import Architecture

struct FeatureMemoryTests {
  private func topology(blocks: Int = 1) -> Topology {
    let kernel = [3, 3, 3]
    return Topology(
      levels: [
        .init(channels: 8, kernel: kernel, stride: [1, 1, 1]),
        .init(channels: 16, kernel: kernel, stride: [2, 2, 2]),
      ], blocksPerLevel: blocks, classes: 3)
  }

  @Test func countsWhatTheFinestDecoderLevelHolds() {
    // On 8³ = 512 voxels: image 1, skip 8, upsampled and skip side by side 16, then the
    // convolution's output 8 and the normalised one 8; on 4³ = 64 voxels: 16 below.
    let floats = FeatureMemory.floats(
      of: .single("ct"), topology: topology(), patch: [8, 8, 8])
    let expected = 512.0 * 41 + 64 * 16
    #expect(floats == expected)
  }

  @Test func aSecondBlockHoldsTheFirstOnesOutput() {
    let floats = FeatureMemory.floats(
      of: .single("ct"), topology: topology(blocks: 2), patch: [8, 8, 8])
    let expected = 512.0 * 49 + 64 * 16
    #expect(floats == expected)
  }

  @Test func everyModalityOfAFusedDesignHoldsItsPyramid() throws {
    let cell = try CellGenotype.uniform(.concatenate, .skip, inputs: 3)
    let fused = try Genotype(modalities: ["ct", "mri", "ultrasound"], cells: [cell])
    let single = FeatureMemory.floats(
      of: .single("ct"), topology: topology(), patch: [8, 8, 8])
    let three = FeatureMemory.floats(of: .fused(fused), topology: topology(), patch: [8, 8, 8])
    // Two more images, three pyramids beside the fused one.
    let more = 512.0 * 26 + 64 * 48
    #expect(three == single + more)
  }

  @Test(arguments: Architecture.Operation.allCases.filter { $0 != .crossModalAttention })
  func anOperationNeedsLessThanTheDecoderThatFollows(operation: Architecture.Operation) throws {
    func floats(_ operation: Architecture.Operation) throws -> Double {
      let cell = try CellGenotype.uniform(.sum, operation, inputs: 1)
      let genotype = try Genotype(modalities: ["ct"], cells: [cell])
      return FeatureMemory.floats(of: .fused(genotype), topology: topology(), patch: [8, 8, 8])
    }
    #expect(try floats(operation) == floats(.skip))
  }

  @Test func attentionHoldsItsScores() throws {
    func floats(_ combination: Combination) throws -> Double {
      let cell = try CellGenotype.uniform(combination, .skip, inputs: 2)
      return FeatureMemory.floats(
        of: .fused(try Genotype(modalities: ["ct", "mri"], cells: [cell])), topology: topology(),
        patch: [8, 8, 8])
    }
    // Beside two images and two pyramids, of 512 · 8 and 64 · 16 numbers: 12 maps of 512 · 8, and
    // for every voxel the scores of 2 · 64 others before and after their softmax.
    let held = 512.0 * 2 + 2 * (512 * 8 + 64 * 16)
    let expected = held + 12 * 512 * 8 + 512 * 2 * 128
    #expect(try floats(.attention) == expected)
    // The decoder holds more than any of the others.
    #expect(try floats(.bilinear) > floats(.mean))
    #expect(try floats(.meanVariance) >= floats(.mean))
  }

  @Test func growsWithThePatch() {
    let small = FeatureMemory.floats(
      of: .early(["a", "b"]), topology: topology(), patch: [8, 8, 8])
    let large = FeatureMemory.floats(
      of: .early(["a", "b"]), topology: topology(), patch: [16, 8, 8])
    #expect(large == 2 * small)
  }

  @Test func attentionFillsItsWindowsUp() throws {
    // 8 · 8 · 6 voxels take 8 · 8 · 8 queries, and 4 · 4 · 3 below 64.
    #expect(FeatureMemory.windowed([8, 8, 6]) == 512)
    #expect(FeatureMemory.windowed([4, 4, 3]) == 64)
  }

  @Test func aSumOfBranchesHoldsThreeMaps() throws {
    let network = try BranchedGenotype(layers: [
      BranchedLayer(sources: [0], kernel: 3, channels: 16),
      BranchedLayer(sources: [0], kernel: 3, channels: 8),
      BranchedLayer(sources: [0, 1, 2], merge: .sum, kernel: 1, channels: 8),
    ])
    // Images 2, side by side 2 and in blocks 8; layers of 16 and 8; three maps of 16: 84.
    let floats = FeatureMemory.floats(
      of: .branched(["ct", "mri"], network), topology: topology(), patch: [4, 4, 4])
    #expect(floats == 64.0 * 84)
  }

  @Test func aChainLetsGoOfWhatHasBeenRead() throws {
    func stages(_ channels: [Int]) -> [ChainStage] {
      channels.map { ChainStage(blocks: 1, kernel: 3, channels: $0) }
    }
    let chain = try ChainGenotype(
      encoder: stages([8, 64, 64]), decoder: stages([64, 8]), normalization: .instance,
      activation: .relu)
    let floats = FeatureMemory.floats(
      of: .chain(["ct"], chain), topology: topology(), patch: [16, 16, 16])
    // On 4096 voxels: the image, in blocks 8, an encoder stage 8. On 512: 64 of the encoder, which stand
    // beside 64 doubled ones too, and a block of 64 before and after its normalisation. On 64: 64.
    let expected = 4096.0 * 17 + 512 * 320 + 64 * 64
    #expect(floats == expected)
  }
}
