import Architecture
import Testing

@testable import Training

struct FeatureSourceTests {
  /// Coordinated on the levels that are named, of three.
  private func source(
    coordinated: [Int], level: Int? = nil, kind: FeatureSource.Kind? = nil
  ) throws -> FeatureSource {
    let tied = try CellGenotype.coordinated(
      by: Coordination(.cosine, weight: 1), .convolution1, inputs: 2)
    let cells = try (0..<3).map {
      coordinated.contains($0) ? tied : try .uniform(.sum, .skip, inputs: 2)
    }
    let network = try TrainingRun.makeNetwork(
      .fused(Genotype(modalities: ["ct", "mri"], cells: cells)), plan: Fixtures.plan(), seed: 1)
    return try FeatureSource(of: network, level: level, kind: kind)
  }

  private func expect(_ source: FeatureSource, _ level: Int, _ kind: FeatureSource.Kind) {
    #expect(source.level == level && source.kind == kind)
  }

  @Test func theDeepestTiedLevelIsChosen() throws {
    expect(try source(coordinated: [0, 1]), 1, .projection)
    expect(try source(coordinated: []), 2, .encoder)
    expect(try source(coordinated: [0, 1], level: 2), 2, .encoder)
    expect(try source(coordinated: [0, 1], kind: .encoder), 2, .encoder)
    expect(try source(coordinated: [0, 1], level: 0, kind: .encoder), 0, .encoder)
  }

  @Test func whatIsNotThereIsRefused() {
    #expect(
      throws: TrainingError.badFeatureSource(
        problem: "the network has the levels 0 to 2, and not 3")
    ) { try source(coordinated: [0], level: 3) }
    #expect(
      throws: TrainingError.badFeatureSource(
        problem: "no level of the network is coordinated, so there are no projections")
    ) { try source(coordinated: [], kind: .projection) }
    #expect(
      throws: TrainingError.badFeatureSource(
        problem: "level 2 of the network is not coordinated, so it has no projections; "
          + "coordinated: 0, 1")
    ) { try source(coordinated: [0, 1], level: 2, kind: .projection) }
  }
}
