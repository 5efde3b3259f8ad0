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

  @Test func aPlanForScansThatShareNoSpaceSurvivesItsFile() throws {
    let plan = try plan()
    let apart = Plan(
      dataset: plan.dataset, reference: plan.reference, isAligned: false,
      modalities: plan.modalities, labels: plan.labels, spacing: plan.spacing,
      patchSize: plan.patchSize, batchSize: plan.batchSize, topology: plan.topology)
    let read = try JSONDecoder().decode(Plan.self, from: RunFolder.json(apart))
    #expect(!read.isAligned)
    #expect(try !String(decoding: RunFolder.json(plan), as: UTF8.self).contains("isAligned"))
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
        == "The plan cannot be made: the spacing [1.0, 0.0, 2.0] is not three lengths of 0.01 to "
        + "1000 mm. Write it as [x, y, z], or [] to let the data decide.")
  }

  @Test func aPlanFromBeforeResamplingWasChosenKeepsItsOldWay() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let text = String(decoding: try encoder.encode(Fixtures.plan()), as: UTF8.self)
    #expect(text.contains(#""resampling":"spline","#))
    let old = text.replacing(#""resampling":"spline","#, with: "")
    let plan = try JSONDecoder().decode(Plan.self, from: Data(old.utf8))
    #expect(plan.resampling == .linear)
    #expect(plan.resampling.images == .linear && plan.resampling.labels == .nearest)
  }

  @Test func aNewPlanResamplesAsNNUNetDoesUnlessToldOtherwise() throws {
    #expect(try plan().resampling == .spline)
    #expect(CaseResampling.spline.images == .nnUNet)
    var options = PlanOptions()
    options.resampling = .linear
    #expect(try plan(options).resampling == .linear)
  }

  /// What a person may have done to the file, and what is said about it.
  @Test(arguments: [
    (#""patchSize":[8,8,8]"#, #""patchSize":[8,8,0]"#, "the patch [8, 8, 0] is not three sizes"),
    (#""patchSize":[8,8,8]"#, #""patchSize":[8,8]"#, "the patch [8, 8] is not three sizes"),
    (
      #""patchSize":[8,8,8]"#, #""patchSize":[9,8,8]"#,
      "cannot be divided by the network's reduction"
    ),
    (
      #""patchSize":[8,8,8]"#, #""patchSize":[4096,4096,4096]"#,
      "with at most 2^27 voxels"
    ),
    (#""spacing":[1,1,1]"#, #""spacing":[1,1,-1]"#, "is not three lengths of 0.01 to 1000 mm"),
    (#""batchSize":2"#, #""batchSize":-1"#, "the batch size -1 is not 1 to 256"),
    (#""classes":3"#, #""classes":4"#, "the network has 4 classes for 2 labels and background"),
    (#""resampling":"spline""#, #""resampling":"sinc""#, "sinc"),
    (#""value":7"#, #""value":70000"#, "different values of 1 to 65535"),
    (#""reference":"ct""#, #""reference":"us""#, "lack the reference 'us'"),
  ])
  func aFileThatWasTamperedWithIsRefused(old: String, new: String, fault: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let text = String(decoding: try encoder.encode(Fixtures.plan()), as: UTF8.self)
    #expect(text.contains(old))
    try withTemporaryFolder { folder in
      try Data(text.replacing(old, with: new).utf8)
        .write(to: URL(fileURLWithPath: folder + "/plan.json"))
      let run = try RunFolder(creating: folder)
      let error = #expect(throws: TrainingError.self) { try run.read(Plan.self, from: "plan.json") }
      #expect(error?.description.contains(fault) == true, "\(error?.description ?? "")")
    }
  }
}
