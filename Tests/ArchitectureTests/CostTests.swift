import Architecture
import Testing

struct CostTests {
  // Patch 2 × 4 × 4: levels of 32, 8 and 1 voxels; 2, 4 and 8 channels; one block each; 3 classes.
  // A block has taps + bias + scale + shift.
  private let patch = [2, 4, 4]

  // encoder   9·1·2 + 6 = 24            18 · 32 = 576
  //           27·2·4 + 12 = 228         216 · 8 = 1728
  //           27·4·8 + 24 = 888         864 · 1 = 864
  private let encoder = (parameters: 1140, multiplyAdds: 3168.0)

  // level 1   up 8·4·8 + 4 = 260        8·4 · 8 = 256
  //           27·8·4 + 12 = 876         864 · 8 = 6912
  //           head 4·3 + 3 = 15         (runs for deep supervision only)
  // level 0   up 4·2·4 + 2 = 34         4·2 · 32 = 256
  //           9·4·2 + 6 = 78            72 · 32 = 2304
  //           head 2·3 + 3 = 9          6 · 32 = 192
  private let decoder = (parameters: 1272, multiplyAdds: 9920.0)

  private func cost(_ design: NetworkDesign) -> Cost {
    Cost.of(design, topology: smallTopology, patch: patch)
  }

  @Test func aSingleModalityByHand() {
    #expect(
      cost(.single("ct"))
        == Cost(
          parameters: encoder.parameters + decoder.parameters,
          multiplyAdds: encoder.multiplyAdds + decoder.multiplyAdds))
  }

  @Test func earlyFusionWidensTheFirstConvolutionOnly() {
    let single = cost(.single("ct"))
    let early = cost(.early(["ct", "mri", "pet"]))
    #expect(early.parameters == single.parameters + 2 * 9 * 2)
    #expect(early.multiplyAdds == single.multiplyAdds + 2 * 9 * 2 * 32)
  }

  @Test func identityCostsWhatItsModalityCosts() throws {
    let genotype = try Genotype(
      modalities: ["ct", "mri"], cells: [.identity(ofInput: 1, inputs: 2)])
    #expect(cost(.fused(genotype)) == cost(.single("mri")))
  }

  @Test func everyCombinationByHand() throws {
    let base = Cost(
      parameters: 2 * encoder.parameters + decoder.parameters,
      multiplyAdds: 2 * encoder.multiplyAdds + decoder.multiplyAdds)
    func fused(_ combination: Combination) throws -> Cost {
      let cell = try CellGenotype.uniform(combination, .skip, inputs: 2)
      return cost(.fused(try Genotype(modalities: ["ct", "mri"], cells: [cell])))
    }
    #expect(try fused(.sum) == base)
    // C channels: 2·C·C taps and 3·C more for the block; 2·C·2 taps and 2 for the gate.
    #expect(
      try fused(.concatenate)
        == Cost(
          parameters: base.parameters + (8 + 6) + (32 + 12) + (128 + 24),
          multiplyAdds: base.multiplyAdds + 8 * 32 + 32 * 8 + 128))
    #expect(
      try fused(.gated)
        == Cost(
          parameters: base.parameters + (8 + 2) + (16 + 2) + (32 + 2),
          multiplyAdds: base.multiplyAdds + 8 * 32 + 16 * 8 + 32))
  }

  @Test func operationsOnEdgesByHand() throws {
    func fused(_ operation: Architecture.Operation) throws -> Cost {
      let cell = try CellGenotype.uniform(.sum, operation, inputs: 2)
      return cost(.fused(try Genotype(modalities: ["ct", "mri"], cells: [cell])))
    }
    let base = try fused(.skip)
    #expect(
      try fused(.convolution1).parameters
        == base.parameters + 2 * ((4 + 6) + (16 + 12) + (64 + 24)))
    #expect(
      try fused(.convolution3).multiplyAdds
        == base.multiplyAdds + 2 * 27 * (4 * 32 + 16 * 8 + 64))
  }
}
