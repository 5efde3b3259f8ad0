import Architecture
import Foundation
import Imaging
import TestSupport
import Testing

@testable import Training

struct EmbeddingRunTests {
  /// A coordinated network of two training steps on three small phantoms.
  private func trained(in folder: String) throws -> EmbeddingRun {
    try Phantom.writeDataset(to: folder + "/data", cases: 3, size: 20, seed: 4)
    let dataset = try Dataset.load(folder + "/data")
    let run = try RunFolder(creating: folder + "/run")
    var plan = PlanOptions()
    (plan.baseChannels, plan.patchVoxels, plan.levels) = (4, 12 * 12 * 12, 3)
    var options = TrainingOptions()
    (options.epochs, options.stepsPerEpoch) = (1, 2)
    let cell = try CellGenotype.coordinated(
      by: Coordination(.cosine, weight: 1), .convolution1, inputs: 3)
    let genotype = try Genotype(modalities: ["ct", "mri", "ultrasound"], cells: [cell])
    let failures = try TrainingRun(
      dataset: dataset, folder: run, design: .fused(genotype), planOptions: plan,
      options: options)(chiasmVersion: "test")
    #expect(failures.isEmpty)
    return EmbeddingRun(run: run, dataset: dataset)
  }

  @Test func everyRegionOfEveryModalityHasAVector() throws {
    try withTemporaryFolder { folder in
      var embed = try trained(in: folder)
      embed.regions = .reference
      let cases = embed.dataset.cases
      var done: [String] = []
      let table = try embed(cases) { name, fault in
        done.append(name)
        #expect(fault == nil)
      }
      #expect(done == cases.map(\.name))
      #expect(table.rows.count == 3 * 4 * 6)
      #expect(table.regions == ["whole"] + Phantom.labels.map(\.name))
      #expect(table.origin.source == FeatureSource(level: 2, kind: .projection))
      #expect(table.origin.trainingCases == cases.map(\.name))
      let mask = try NIfTI.readLabels(at: try #require(cases[0].labels).path)
      let spacing = mask.geometry.spacing
      let voxels = mask.voxels.count { $0 == 1 }
      let organ = try #require(table.rows.first { $0.region == "organ" })
      // The working grid has voxels of another size, so the borders are other ones.
      let expected = Double(voxels) * spacing.x * spacing.y * spacing.z
      #expect(abs(organ.volume - expected) < 0.1 * expected)
      #expect(try embed(cases) == table)
      embed.regions = .predicted
      #expect(try embed(cases).rows.filter { $0.region == "whole" }.count == 12)
    }
  }

  @Test func aCaseWithoutLabelsFailsAloneWhereTheyAreNeeded() throws {
    try withTemporaryFolder { folder in
      var embed = try trained(in: folder)
      let cases = embed.dataset.cases
      let second = CaseFiles(name: cases[1].name, images: cases[1].images, labels: nil)
      embed.patches = PatchRegions(perLabel: 1)
      var faults: [String: String] = [:]
      let table = try embed([cases[0], second]) { faults[$0] = $1 }
      #expect(table.caseNames == [cases[0].name])
      #expect(
        faults == [
          second.name: TrainingError.missingLabels(caseName: second.name).description
        ])
      #expect(table.rows.contains { $0.region == "patch-5" })
      embed.patches = nil
      #expect(try embed([second]).rows.count == 4)
    }
  }
}
