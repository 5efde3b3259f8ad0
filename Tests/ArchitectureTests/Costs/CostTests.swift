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

  @Test func combinationsForAnyPresenceByHand() throws {
    let base = Cost(
      parameters: 2 * encoder.parameters + decoder.parameters,
      multiplyAdds: 2 * encoder.multiplyAdds + decoder.multiplyAdds)
    func fused(_ combination: Combination) throws -> Cost {
      let cell = try CellGenotype.uniform(combination, .skip, inputs: 2)
      return cost(.fused(try Genotype(modalities: ["ct", "mri"], cells: [cell])))
    }
    #expect(try fused(.mean) == base)
    // A block from the mean and the variance, 2·C, to C.
    #expect(try fused(.meanVariance) == fused(.concatenate))
    // Two maps of C·4C taps and 4C biases, and 2·C of the normalisation.
    #expect(
      try fused(.bilinear)
        == Cost(
          parameters: base.parameters + (2 * (16 + 8) + 4) + (2 * (64 + 16) + 8)
            + (2 * (256 + 32) + 16),
          multiplyAdds: base.multiplyAdds + 2 * (16 * 32 + 64 * 8 + 256)))
    // Six maps of C·C taps and C biases; every voxel of a cube of 4³ is compared with 2·64 others, C
    // numbers each, and gathers as many. Grids 2·4·4, 2·2·2 and 1 fill one cube each.
    #expect(
      try fused(.attention)
        == Cost(
          parameters: base.parameters + 6 * ((4 + 2) + (16 + 4) + (64 + 8)),
          multiplyAdds: base.multiplyAdds + 6 * (4 * 32 + 16 * 8 + 64)
            + 2 * 64 * 128 * (2 + 4 + 8)))
  }

  @Test func aCoordinatedCellCostsItsProjections() throws {
    func fused(_ cell: CellGenotype) throws -> Cost {
      cost(.fused(try Genotype(modalities: ["ct", "mri"], cells: [cell])))
    }
    let coordination = try Coordination(.canonicalCorrelation, weight: 1)
    #expect(
      try fused(.coordinated(by: coordination, .convolution1, inputs: 2))
        == fused(.uniform(.sum, .convolution1, inputs: 2)))
  }

  // A block has C² taps per voxel of its kernel and 3·C more weights: 4 + 16 + 64 = 84 and 42 over the
  // levels, 4·32 + 16·8 + 64·1 = 320 products. A depthwise convolution has 27 taps per channel, of which
  // there are 14, at 2·32 + 4·8 + 8·1 = 104 places. Attention squeezes 2, 4 and 8 channels to 1, 1 and
  // 2: (2+1+2+2), (4+1+4+4) and (16+2+16+8) weights, 4 + 8 + 32 products.
  private static let edges: [(operation: Architecture.Operation, weights: Int, products: Double)] =
    [
      (.skip, 0, 0),
      (.averagePool3, 0, 0),
      (.maxPool3, 0, 0),
      (.convolution1, 84 + 42, 320),
      (.convolution3, 27 * 84 + 42, 27 * 320),
      (.dilated3, 27 * 84 + 42, 27 * 320),
      (.convolution5, 125 * 84 + 42, 125 * 320),
      (.separable3, 27 * 14 + 84 + 42, 27 * 104 + 320),
      (.channelAttention, 7 + 13 + 42, 44),
      // Six maps' worth of C² weights and five of C; as many products, and 2 · 64 · C for each voxel of the
      // windows, of which every level fills one: 64 · 2 · 64 · (2 + 4 + 8).
      (.crossModalAttention, 6 * 84 + 5 * 14, 6 * 320 + 64 * 2 * 64 * 14),
    ]

  @Test(arguments: edges)
  func operationsOnEdgesByHand(
    operation: Architecture.Operation, weights: Int, products: Double
  ) throws {
    func fused(_ operation: Architecture.Operation) throws -> Cost {
      let cell = try CellGenotype.uniform(.sum, operation, inputs: 2)
      return cost(.fused(try Genotype(modalities: ["ct", "mri"], cells: [cell])))
    }
    let base = try fused(.skip)
    let found = try fused(operation)
    #expect(found.parameters == base.parameters + 2 * weights)
    #expect(found.multiplyAdds == base.multiplyAdds + 2 * products)
  }
}
