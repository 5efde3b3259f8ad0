import Architecture
import Foundation
import Imaging
import TestSupport
import Testing

@testable import Training

struct TrainingRunTests {
  private func run(
    _ data: String, _ folder: String, design: NetworkDesign = .early(["ct", "mri"])
  ) throws -> TrainingRun {
    var plan = PlanOptions()
    plan.baseChannels = 2
    plan.patchVoxels = 12 * 12 * 12
    plan.levels = 3
    plan.blocksPerLevel = 1
    var options = TrainingOptions()
    options.epochs = 3
    options.stepsPerEpoch = 2
    return TrainingRun(
      dataset: try Dataset.load(data), folder: try RunFolder(creating: folder),
      design: design, planOptions: plan, options: options, fold: 0)
  }

  private func bytes(_ path: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: path))
  }

  @Test func leavesEverythingThatIsNeededToRepeatIt() throws {
    try withTemporaryFolder { folder in
      let data = folder + "/data"
      try Phantom.writeDataset(to: data, cases: 3, size: 20, seed: 4)
      let failures = try run(data, folder + "/run")(chiasmVersion: "1.2.3")
      #expect(failures.isEmpty)
      let files = Set(try FileManager.default.contentsOfDirectory(atPath: folder + "/run"))
      #expect(
        files == [
          "checkpoint.safetensors", "genotype.json", "log.jsonl", "plan.json", "progress.png",
          "run.json", "weights.safetensors",
        ])
      let record = try RunFolder(opening: folder + "/run").read(RunRecord.self, from: "run.json")
      #expect(record.chiasm == "1.2.3" && record.fold == 0 && record.seed == 1)
      #expect(Set(record.trainingCases).isDisjoint(with: record.validationCases))
      #expect(try LineLog<EpochRecord>(path: folder + "/run/log.jsonl").records().count == 3)
    }
  }

  @Test func aLoggedEpochWithoutItsCheckpointIsForgottenOnResume() throws {
    try withTemporaryFolder { folder in
      let data = folder + "/data"
      try Phantom.writeDataset(to: data, cases: 3, size: 20, seed: 4)
      _ = try run(data, folder + "/run")(chiasmVersion: "test")
      let log = LineLog<EpochRecord>(path: folder + "/run/log.jsonl")
      let records = try log.records()
      let surplus = EpochRecord(
        epoch: 4, loss: 0, learningRate: 0, validationDice: nil, diceByLabel: [:])
      try log.append(surplus)
      _ = try run(data, folder + "/run")(resume: true, chiasmVersion: "test")
      #expect(try log.records() == records)
    }
  }

  @Test func aTrainingCaseThatCannotBeReadIsListedAndLeftOut() throws {
    try withTemporaryFolder { folder in
      let data = folder + "/data"
      try Phantom.writeDataset(to: data, cases: 4, size: 20, seed: 4)
      let split = try CaseSplit(of: Dataset.load(data), fold: 0)
      let bad = try #require(split.training.first)
      let path = try #require(bad.images["mri"]).path
      try bytes(path).prefix(200).write(to: URL(fileURLWithPath: path))
      let failures = try run(data, folder + "/run")(chiasmVersion: "test")
      #expect(failures.map(\.caseName) == [bad.name])
      #expect(failures.first?.reason.contains("mri.nii.gz") == true)
    }
  }

  @Test func aRunIsNotResumedAsAnotherOne() throws {
    try withTemporaryFolder { folder in
      let data = folder + "/data"
      try Phantom.writeDataset(to: data, cases: 3, size: 20, seed: 4)
      _ = try run(data, folder + "/run")(chiasmVersion: "test")
      let before = try bytes(folder + "/run/weights.safetensors")
      let other = try run(data, folder + "/run", design: .single("ct"))
      let error = #expect(throws: TrainingError.self) {
        try other(resume: true, chiasmVersion: "test")
      }
      #expect(
        error?.description == """
          \(folder)/run/genotype.json: this is not a run that can be used.
            expected: "kind" : "early",
            found:    "kind" : "single",
          Resume with the dataset, network, settings, fold, seed and threads of the run, or choose \
          another folder with --output.
          """)
      try Phantom.writeDataset(to: folder + "/data", cases: 4, size: 20, seed: 4)
      #expect(throws: TrainingError.self) {
        try run(data, folder + "/run")(resume: true, chiasmVersion: "test")
      }
      #expect(try bytes(folder + "/run/weights.safetensors") == before)
    }
  }

  @Test func aModalityThatNoCaseHasCannotBeLearntFrom() throws {
    try withTemporaryFolder { folder in
      let data = folder + "/data"
      try Phantom.writeDataset(to: data, cases: 3, size: 20, seed: 4)
      for files in try Dataset.load(data).cases {
        try FileManager.default.removeItem(atPath: try #require(files.images["mri"]).path)
      }
      #expect(throws: TrainingError.absentModality(name: "mri", dataset: "Phantom, seed 4")) {
        try run(data, folder + "/run")(chiasmVersion: "test")
      }
    }
  }

  @Test func theRecordSaysWhichCasesLackWhat() throws {
    try withTemporaryFolder { folder in
      let data = folder + "/data"
      try Phantom.writeDataset(to: data, cases: 4, size: 20, seed: 4)
      let whole = try run(data, folder + "/whole")
      _ = try whole(chiasmVersion: "test")
      let complete = try RunFolder(opening: folder + "/whole").read(
        RunRecord.self, from: "run.json")
      #expect(complete.missingModalities == nil)
      let poor = try #require(try CaseSplit(of: Dataset.load(data), fold: 0).training.last)
      try FileManager.default.removeItem(atPath: try #require(poor.images["mri"]).path)
      let failures = try run(data, folder + "/partial")(chiasmVersion: "test")
      #expect(failures.isEmpty)
      let record = try RunFolder(opening: folder + "/partial").read(
        RunRecord.self, from: "run.json")
      #expect(record.missingModalities == [poor.name: ["mri"]])
    }
  }
}
