import Architecture
import Foundation
import Imaging
import TestSupport
import Testing

@testable import Training

struct PlanTests {
  /// Two phantoms, planned.
  private func plan(_ options: PlanOptions = PlanOptions()) throws -> Plan {
    try withTemporaryFolder { folder in
      try Phantom.writeDataset(to: folder, cases: 2, size: 20, seed: 1)
      let dataset = try Dataset.load(folder)
      return try Planner(dataset: dataset, options: options).plan(for: dataset.cases)
    }
  }

  @Test func everyModalityGetsTheNormalizationOfItsKind() throws {
    let plan = try plan()
    #expect(plan.modalities.map(\.modality.name) == ["ct", "mri", "ultrasound"])
    guard case .clipAndStandardize = plan.modalities[0].normalization else {
      Issue.record("CT is clipped to the foreground's percentiles")
      return
    }
    #expect(plan.modalities[1].normalization == .standardizeNonZero)
    #expect(plan.modalities[2].normalization == .unitRange)
  }

  @Test func theNetworkHasAClassPerStructureAndOneForBackground() throws {
    #expect(try plan().topology.classes == Phantom.labels.count + 1)
  }

  @Test func channelsDoubleUpToTheirMaximum() throws {
    var options = PlanOptions()
    options.baseChannels = 12
    options.maximumChannels = 40
    options.levels = 3
    #expect(try plan(options).topology.levels.map(\.channels) == [12, 24, 40])
  }

  @Test func aPlanSurvivesItsFile() throws {
    let plan = try plan()
    #expect(try JSONDecoder().decode(Plan.self, from: RunFolder.json(plan)) == plan)
  }

  @Test func positionsFollowTheNetworksOrder() throws {
    let plan = Fixtures.plan()
    #expect(try plan.positions(of: ["mri", "ct"]) == [1, 0])
    #expect(throws: TrainingError.unknownModality(name: "pet", known: ["ct", "mri"])) {
      try plan.positions(of: ["pet"])
    }
  }

  @Test func aSpacingThatIsNoSpacingIsRefused() {
    var options = PlanOptions()
    options.spacing = [1, 0, 2]
    let error = #expect(throws: TrainingError.self) { try plan(options) }
    #expect(
      error?.description
        == "The plan cannot be made: the spacing [1.0, 0.0, 2.0] is not three positive lengths in "
        + "millimetres. Write it as [x, y, z], or [] to let the data decide.")
  }
}
