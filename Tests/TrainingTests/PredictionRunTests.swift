import Architecture
import Foundation
import Imaging
import TestSupport
import Testing

@testable import Training

/// From a folder of scans to masks, on a phantom small enough for a test.
struct PredictionRunTests {
  private func trained(on data: String, in run: String) throws -> (Dataset, RunFolder) {
    try Phantom.writeDataset(to: data, cases: 3, size: 20, seed: 4)
    let dataset = try Dataset.load(data)
    let folder = try RunFolder(creating: run)
    var plan = PlanOptions()
    plan.baseChannels = 4
    plan.patchVoxels = 12 * 12 * 12
    plan.levels = 3
    var options = TrainingOptions()
    options.epochs = 1
    options.stepsPerEpoch = 2
    let failures = try TrainingRun(
      dataset: dataset, folder: folder, design: .early(["ct", "mri", "ultrasound"]),
      planOptions: plan, options: options)(chiasmVersion: "test")
    #expect(failures.isEmpty)
    return (dataset, folder)
  }

  private func cut(_ path: String) throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    try data.prefix(data.count / 2).write(to: URL(fileURLWithPath: path))
  }

  @Test func aTruncatedFileDoesNotStopTheBatch() throws {
    try withTemporaryFolder { folder in
      let (dataset, run) = try trained(on: folder + "/data", in: folder + "/run")
      let bad = dataset.cases[1]
      try cut(try #require(bad.images["mri"]).path)
      try FileManager.default.removeItem(atPath: try #require(dataset.cases[2].images["mri"]).path)
      var outcomes: [String: PredictionRun.Outcome] = [:]
      let reloaded = try Dataset.load(folder + "/data")
      let prediction = PredictionRun(run: run, dataset: reloaded, output: folder + "/masks")
      try prediction(reloaded.cases, onCase: { outcomes[$0] = $1 })
      guard case .failed(let reason) = outcomes[bad.name] else {
        Issue.record("the truncated case must fail, not \(String(describing: outcomes[bad.name]))")
        return
      }
      #expect(reason.contains("mri.nii.gz"))
      guard case .written(let path, let missing) = outcomes[dataset.cases[2].name] else {
        Issue.record("a case without MRI is segmented from the other modalities")
        return
      }
      #expect(missing == ["mri"])
      let reference = try NIfTI.readHeader(at: try #require(dataset.cases[2].images["ct"]).path)
      let mask = try NIfTI.readHeader(at: path)
      #expect(mask.geometry == reference.geometry)
      #expect(mask.qformCode == reference.qformCode && mask.sformCode == reference.sformCode)
      #expect(mask.type == .uint8)
    }
  }

  @Test func resumingKeepsTheMasksThatAreThere() throws {
    try withTemporaryFolder { folder in
      let (dataset, run) = try trained(on: folder + "/data", in: folder + "/run")
      let prediction = PredictionRun(run: run, dataset: dataset, output: folder + "/masks")
      try prediction(Array(dataset.cases.prefix(1)))
      var kept: [String] = []
      try prediction(
        dataset.cases, resume: true,
        onCase: { name, outcome in
          if case .kept = outcome { kept.append(name) }
        })
      #expect(kept == [dataset.cases[0].name])
    }
  }

  @Test func masksAndPicturesAreTheSameBytesWhateverTheNumberOfThreads() throws {
    try withTemporaryFolder { folder in
      let (dataset, run) = try trained(on: folder + "/data", in: folder + "/run")
      let files = dataset.cases.flatMap { ["\($0.name).nii.gz", "pictures/\($0.name).png"] }
      let made = try [1, 2, 3].map { threads in
        let output = folder + "/masks-\(threads)"
        try PredictionRun(run: run, dataset: dataset, output: output, threads: threads)(
          dataset.cases)
        return try files.map { try Data(contentsOf: URL(fileURLWithPath: output + "/" + $0)) }
      }
      #expect(made[0] == made[1])
      #expect(made[0] == made[2])
    }
  }

  @Test func aFolderWithoutWeightsIsNoRun() throws {
    try withTemporaryFolder { folder in
      let error = #expect(throws: TrainingError.self) { try RunFolder(opening: folder) }
      #expect(
        error?.description == """
          \(folder): this is not a run that can be used.
            expected: a run folder with plan.json
            found:    no such file
          Name the folder that `chiasm train --output` was given, after it has finished.
          """)
    }
  }

  @Test func resumingMakesACutMaskAnewAndRefusesAnotherNetworksMasks() throws {
    try withTemporaryFolder { folder in
      let (dataset, run) = try trained(on: folder + "/data", in: folder + "/run")
      let output = folder + "/masks"
      let prediction = PredictionRun(run: run, dataset: dataset, output: output)
      try prediction(dataset.cases)
      let path = output + "/\(dataset.cases[0].name).nii.gz"
      let whole = try NIfTI.readLabels(at: path)
      try cut(path)
      var written: [String] = []
      try prediction(
        dataset.cases, resume: true,
        onCase: { name, outcome in
          if case .written = outcome { written.append(name) }
        })
      #expect(written == [dataset.cases[0].name])
      #expect(try NIfTI.readLabels(at: path) == whole)

      let weights = run.file("weights.safetensors")
      var other = try Safetensors(
        Data(contentsOf: URL(fileURLWithPath: weights)), path: weights)
      other.metadata["edited"] = "yes"
      try AtomicFile.write(other.encoded(), to: weights)
      let error = #expect(throws: TrainingError.self) {
        try prediction(dataset.cases, resume: true)
      }
      #expect(error?.description.contains("prediction.json") == true)
    }
  }

  @Test func masksSayOfWhichModalitiesTheyWereMade() throws {
    try withTemporaryFolder { folder in
      let (dataset, run) = try trained(on: folder + "/data", in: folder + "/run")
      try FileManager.default.removeItem(atPath: try #require(dataset.cases[2].images["mri"]).path)
      let reloaded = try Dataset.load(folder + "/data")
      let prediction = PredictionRun(
        run: run, dataset: reloaded, output: folder + "/masks", modalities: ["mri", "ultrasound"])
      var missing: [String: [String]] = [:]
      try prediction(
        reloaded.cases,
        onCase: { name, outcome in
          if case .written(_, let absent) = outcome { missing[name] = absent }
        })
      // Only what was to be used and is not there is told; the record says everything.
      let names = reloaded.cases.map(\.name)
      #expect(missing == [names[0]: [], names[1]: [], names[2]: ["mri"]])
      let records = try LineLog<MaskRecord>(path: folder + "/masks/" + MaskRecord.file).records()
      #expect(
        records == [
          MaskRecord(caseName: names[0], present: ["mri", "ultrasound"], missing: ["ct"]),
          MaskRecord(caseName: names[1], present: ["mri", "ultrasound"], missing: ["ct"]),
          MaskRecord(caseName: names[2], present: ["ultrasound"], missing: ["ct", "mri"]),
        ])
    }
  }

  @Test func otherModalitiesAreNotResumed() throws {
    try withTemporaryFolder { folder in
      let (dataset, run) = try trained(on: folder + "/data", in: folder + "/run")
      try PredictionRun(
        run: run, dataset: dataset, output: folder + "/masks", modalities: ["ct"])(dataset.cases)
      let whole = PredictionRun(run: run, dataset: dataset, output: folder + "/masks")
      let error = #expect(throws: TrainingError.self) { try whole(dataset.cases, resume: true) }
      #expect(error?.description.contains("prediction.json") == true)
    }
  }

  @Test func aMaskWithoutItsRecordIsMadeAnew() throws {
    try withTemporaryFolder { folder in
      let (dataset, run) = try trained(on: folder + "/data", in: folder + "/run")
      let prediction = PredictionRun(run: run, dataset: dataset, output: folder + "/masks")
      try prediction(dataset.cases)
      let log = LineLog<MaskRecord>(path: folder + "/masks/" + MaskRecord.file)
      let records = try log.records()
      try log.rewrite(Array(records.dropLast()))
      var written: [String] = []
      try prediction(
        dataset.cases, resume: true,
        onCase: { name, outcome in
          if case .written = outcome { written.append(name) }
        })
      #expect(written == [dataset.cases[2].name])
      #expect(try log.records() == records)
    }
  }
}
