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
}
