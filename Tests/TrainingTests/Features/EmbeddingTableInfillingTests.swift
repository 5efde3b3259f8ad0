import Networks
import Testing

@testable import Training

struct EmbeddingTableInfillingTests {
  private func machine() throws -> FeatureMachine {
    var options = MachineOptions()
    (options.hidden, options.joint, options.pretrainingEpochs, options.epochs) = (16, 16, 300, 20)
    options.learningRate = 0.05
    return try FeatureMachine(
      trainedOn: EmbeddingFixtures.table(cases: 60).samples(), modalities: ["ct", "mri"],
      options: options)
  }

  /// Other cases' MRI is taken away, and what is filled in compared with it. The mean, which knows nothing,
  /// misses by the deviation of the shared feature.
  @Test func whatIsFilledInIsNearerThanTheMean() throws {
    let whole = EmbeddingFixtures.table(cases: 40, seed: 5)
    var partial = EmbeddingTable(origin: whole.origin, width: 3)
    for (place, row) in whole.rows.enumerated() where row.modality == "ct" {
      partial.add(row, whole.vector(place).map { Float($0) })
    }
    let filled = try partial.infilled(by: machine(), trainedOn: whole.origin)
    #expect(filled.rows.count == whole.rows.count)
    #expect(filled.rows.filter { $0.isInfilled == true }.allSatisfy { $0.modality == "mri" })
    let truth = whole.samples().compactMap { $0.vectors["mri"]?[2] }
    let found = filled.samples().compactMap { $0.vectors["mri"]?[2] }
    let mean = truth.reduce(0, +) / Double(truth.count)
    func square(_ errors: [Double]) -> Double { errors.reduce(0) { $0 + $1 * $1 } }
    #expect(square(zip(truth, found).map { $0 - $1 }) < 0.7 * square(truth.map { $0 - mean }))
  }

  @Test func aMachineOfOtherFeaturesIsRefused() throws {
    #expect(throws: EmbeddingError.otherFeatures(than: "the machine was trained on")) {
      try EmbeddingFixtures.table().infilled(
        by: machine(), trainedOn: EmbeddingFixtures.origin(weights: "other"))
    }
  }

  @Test func vectorsOfAnotherWidthAreRefused() throws {
    var table = EmbeddingTable(origin: EmbeddingFixtures.origin(), width: 2)
    table.add(EmbeddingFixtures.row("a", "ct"), [1, 2])
    #expect(throws: BoltzmannError.featureCount(modality: "ct", expected: 3, found: 2)) {
      try table.infilled(by: machine(), trainedOn: table.origin)
    }
  }

  /// Not even where the vectors that are there fit: what is filled in would be too long.
  @Test func aMachineOfSeveralWidthsIsRefused() throws {
    let samples = EmbeddingFixtures.table().samples().map { sample in
      var sample = sample
      sample.vectors["mri"]?.append(1)
      return sample
    }
    let machine = try FeatureMachine(trainedOn: samples, modalities: ["ct", "mri"])
    var table = EmbeddingTable(origin: EmbeddingFixtures.origin(), width: 3)
    table.add(EmbeddingFixtures.row("a", "ct"), [1, 2, 3])
    #expect(throws: BoltzmannError.featureCount(modality: "mri", expected: 4, found: 3)) {
      try table.infilled(by: machine, trainedOn: table.origin)
    }
  }
}
