import Testing

@testable import Architecture

struct TrainingMemoryTests {
  // Levels of 8³ = 512 and 4³ = 64 voxels.
  private let topology = Topology(
    levels: [
      .init(channels: 8, kernel: [3, 3, 3], stride: [1, 1, 1]),
      .init(channels: 16, kernel: [3, 3, 3], stride: [2, 2, 2]),
    ], blocksPerLevel: 1, classes: 3)

  private func conditions(
    batch: Int = 1, moments: Int = 2, deepSupervision: Bool = false
  ) -> TrainingMemory.Conditions {
    .init(
      patch: [8, 8, 8], batch: batch, moments: moments, deepSupervision: deepSupervision)
  }

  /// What is worked out for a patch, without the weights and the overhead.
  private func floats(_ design: NetworkDesign) -> Double {
    let bytes = TrainingMemory.bytes(of: design, topology: topology, under: conditions(moments: 0))
    let parameters = Cost.of(design, topology: topology, patch: [8, 8, 8]).parameters
    return (bytes / 4 - 2 * Double(parameters)) / TrainingMemory.overhead
  }

  @Test func aSingleModalityByHand() {
    // Kept of each voxel: the image, and in a block 8; the encoder's convolution and what it becomes 16;
    // upsampled and skip side by side 16; the decoder's block 16; the logits and their slopes 6. On the lower
    // level 32. Then the first gradients: 3 maps of 8.
    let perVoxel = [1, 8, 16, 16, 16, 6, 24].reduce(0, +)
    #expect(floats(.single("ct")) == Double(512 * perVoxel + 64 * 32))
  }

  @Test func everyModalityOfAFusedDesignKeepsItsPyramid() throws {
    let cell = try CellGenotype.uniform(.sum, .skip, inputs: 2)
    let fused = NetworkDesign.fused(try Genotype(modalities: ["ct", "mri"], cells: [cell]))
    let more = 512 * 25 + 64 * 32
    #expect(floats(fused) == floats(.single("ct")) + Double(more))
    // Early fusion reads both images from one block of eight channels.
    #expect(floats(.early(["ct", "mri"])) == floats(.single("ct")) + 512)
  }

  @Test func whatAConvolutionReadsAndWhatANormalisationReadsIsKept() throws {
    func kept(_ combination: Combination, _ operation: Architecture.Operation) throws -> Double {
      let cell = try CellGenotype.uniform(combination, operation, inputs: 2)
      return floats(.fused(try Genotype(modalities: ["ct", "mri"], cells: [cell])))
    }
    let map = Double(512 * 8 + 64 * 16)
    let base = try kept(.sum, .skip)
    #expect(try kept(.sum, .convolution3) == base + 2 * map)
    #expect(try kept(.sum, .separable3) == base + 4 * map)
    #expect(try kept(.mean, .averagePool3) == base)
    #expect(try kept(.concatenate, .skip) == base + 3 * map)
    #expect(try kept(.meanVariance, .skip) == base + 5 * map)
    // Both products' factors, and two shares per voxel with what their softmax keeps.
    #expect(try kept(.gated, .skip) == base + 2 * map + 4 * 576)
    #expect(try kept(.gated, .convolution1) == base + 6 * map + 4 * 576)
    // Nine maps and 64 scores per voxel each; at the peak the scores' gradients instead of the features'.
    let scores = Double(2 * 64 * 576 + (2 * 64 - 24) * 512)
    #expect(try kept(.sum, .crossModalAttention) == base + 18 * map + scores)
  }

  @Test func growsWithTheBatchAndTheOptimiser() {
    let design = NetworkDesign.single("ct")
    func bytes(_ conditions: TrainingMemory.Conditions) -> Double {
      TrainingMemory.bytes(of: design, topology: topology, under: conditions)
    }
    let parameters = Double(Cost.of(design, topology: topology, patch: [8, 8, 8]).parameters)
    let one = bytes(conditions())
    let threefold = bytes(conditions(batch: 3))
    #expect(threefold - one == 12 * floats(design))
    #expect(one - bytes(conditions(moments: 1)) == 4 * parameters)
  }

  @Test func coarserLogitsAreKeptForDeepSupervision() {
    let deeper = Topology(
      levels: topology.levels + [.init(channels: 16, kernel: [3, 3, 3], stride: [2, 2, 2])],
      blocksPerLevel: 1, classes: 3)
    func bytes(_ conditions: TrainingMemory.Conditions) -> Double {
      TrainingMemory.bytes(of: .single("ct"), topology: deeper, under: conditions)
    }
    let more = bytes(conditions(deepSupervision: true)) - bytes(conditions())
    // Two times three numbers for 64 voxels, and what comes on top.
    #expect(more == 1.5 * Double(4 * 6 * 64))
  }
}
