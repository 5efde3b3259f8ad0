import Architecture
import NetworkTestSupport
import Networks
import Randomness
import Testing
import Torch

/// What a network makes of each modality before it fuses them.
struct SegmentationNetworkFeaturesTests {
  private func makeNetwork(_ design: NetworkDesign) throws -> SegmentationNetwork {
    var generator = SplitMix64(seed: 3)
    let network = try SegmentationNetwork(
      design: design, topology: smallTopology, using: &generator)
    try network.fillByName()
    return network
  }

  private func cells(_ cells: CellGenotype...) throws -> NetworkDesign {
    .fused(try Genotype(modalities: ["ct", "mri"], cells: cells))
  }

  private func coordinated() throws -> CellGenotype {
    try .coordinated(by: Coordination(.cosine, weight: 1), .convolution1, inputs: 2)
  }

  private let inputs: [Tensor]

  init() throws {
    inputs = try (0..<2).map { try image($0, [1, 1, 4, 8, 8]) }
  }

  @Test func theMeanOfTheProjectionsIsWhatTheDecoderReads() throws {
    let network = try makeNetwork(cells(coordinated()))
    #expect(network.coordinatedLevels == [0, 1, 2])
    for level in 0..<3 {
      let found = try network.features(of: inputs, level: level)
      let parts = try found.modalities.map { try #require($0).doubles() }
      let fused = try #require(found.fused).doubles()
      #expect(
        zip(zip(parts[0], parts[1]), fused).allSatisfy { abs(($0.0 + $0.1) / 2 - $1) < 1e-12 })
    }
  }

  @Test func theShapeIsThatOfTheLevel() throws {
    let network = try makeNetwork(cells(coordinated()))
    let shapes = try (0..<3).map { level in
      try network.features(of: inputs, level: level).modalities.map { $0?.shape }
    }
    #expect(
      shapes == [[1, 2, 4, 8, 8], [1, 3, 4, 4, 4], [1, 4, 2, 2, 2]].map { [$0, $0] })
  }

  @Test func aModalitysFeaturesDoNotDependOnTheOthers() throws {
    for design in [
      try cells(coordinated()), try cells(.uniform(.attention, .convolution1, inputs: 2)),
    ] {
      let network = try makeNetwork(design)
      let all = try network.features(of: inputs, level: 2)
      let alone = try network.features(
        of: [inputs[0], Tensor.zeros(like: inputs[1])],
        presence: .uniform([true, false], images: 1), level: 2)
      #expect(alone.modalities[1] == nil)
      #expect(try alone.modalities[0]?.doubles() == all.modalities[0]?.doubles())
      #expect(try alone.fused?.doubles() != all.fused?.doubles())
    }
  }

  @Test func encodersFeaturesAreThoseBeforeTheProjection() throws {
    let network = try makeNetwork(cells(coordinated()))
    let projected = try network.features(of: inputs, level: 2)
    let encoded = try network.features(of: inputs, level: 2, isProjected: false)
    #expect(try projected.modalities[0]?.doubles() != encoded.modalities[0]?.doubles())
    #expect(try projected.fused?.doubles() == encoded.fused?.doubles())
    let single = try makeNetwork(.single("ct"))
    let features = try single.features(of: [inputs[0]], level: 2)
    #expect(features.fused == nil && features.modalities[0]?.shape == [1, 4, 2, 2, 2])
  }

  @Test func aModalityHasNoFeaturesWhereNoCellReadsIt() throws {
    let network = try makeNetwork(
      cells(coordinated(), .identity(ofInput: 0, inputs: 2), .identity(ofInput: 0, inputs: 2)))
    #expect(network.coordinatedLevels == [0])
    let deep = try network.features(of: inputs, level: 2)
    #expect(deep.modalities[0] != nil && deep.modalities[1] == nil)
    #expect(try network.features(of: inputs, level: 0).modalities.allSatisfy { $0 != nil })
    let early = try makeNetwork(.early(["ct", "mri"])).features(of: inputs, level: 1)
    #expect(early.modalities.allSatisfy { $0 == nil } && early.fused?.shape == [1, 3, 4, 4, 4])
  }
}
