import Architecture
import Foundation
import Imaging
import Testing
import Training

@testable import chiasm

struct PredictionCheckTests {
  private let modalities = [Modality(name: "ct", kind: .ct), Modality(name: "mri", kind: .mri)]

  /// A run that learnt from the cases `a` and `b` and held out `c` as fold 1.
  private func makeRun(in folder: String) throws -> RunFolder {
    let run = try RunFolder(creating: folder + "/run")
    let plan = Plan(
      dataset: "Knees", reference: "ct",
      modalities: modalities.map { .init(modality: $0, normalization: .standardize) },
      labels: [Label(name: "bone", value: 1)], spacing: [1, 1, 1], patchSize: [8, 8, 8],
      batchSize: 1,
      topology: Topology(
        levels: [
          .init(channels: 4, kernel: [3, 3, 3], stride: [1, 1, 1]),
          .init(channels: 8, kernel: [3, 3, 3], stride: [2, 2, 2]),
        ], blocksPerLevel: 1, classes: 2))
    try run.write(plan, to: "plan.json")
    try run.write(NetworkDesign.early(["ct", "mri"]), to: "genotype.json")
    try run.write(
      RunRecord(
        command: "train", chiasm: "", libtorch: "", device: "cpu", threads: 1, seed: 1,
        dataset: "Knees", fold: 1, trainingCases: ["a", "b"], validationCases: ["c"]),
      to: "run.json")
    return run
  }

  /// A check of a dataset whose only case is `a`, with its CT at `ct`.
  private func check(
    _ run: RunFolder, modalities: [Modality]? = nil, reference: String = "ct",
    ct: String = "/data/a/ct.nii.gz", labels: String? = nil, output: String = "/masks"
  ) -> PredictionCheck {
    let files = CaseFiles(
      name: "a", images: ["ct": FileReference(path: ct)],
      labels: labels.map { FileReference(path: $0) })
    return PredictionCheck(
      model: run, input: "/data", output: output,
      dataset: Dataset(
        name: "Knees", root: "/data", reference: reference,
        modalities: modalities ?? self.modalities, labels: [], cases: [files]))
  }

  private func message(_ body: () throws -> Void) -> String? {
    do {
      try body()
      return nil
    } catch {
      return "\(error)"
    }
  }

  @Test func aDatasetWithMoreModalitiesIsFine() throws {
    try withFolder { folder in
      let more = modalities + [Modality(name: "pet", kind: .pet)]
      try check(try makeRun(in: folder), modalities: more).refuseForeignDataset()
    }
  }

  @Test func aDatasetWithoutAModalityOrWithAnotherReferenceIsRefused() throws {
    try withFolder { folder in
      let run = try makeRun(in: folder)
      let lacking = check(run, modalities: [modalities[0], Modality(name: "pet", kind: .pet)])
      #expect(
        message { try lacking.refuseForeignDataset() } == """
          --input /data: this dataset is not one for the model \(run.path).
            the model reads:  ct, mri; the reference is ct
            the dataset has:  ct, pet; the reference is ct
          Choose another model, name with --modalities what there is, or correct dataset.json.
          """)
      let turned = check(run, reference: "mri")
      #expect(
        message { try turned.refuseForeignDataset() } == """
          --input /data: this dataset is not one for the model \(run.path).
            the model reads:  ct, mri; the reference is ct
            the dataset has:  ct, mri; the reference is mri
          Choose another model, name with --modalities what there is, or correct dataset.json.
          """)
    }
  }

  @Test func aDatasetNeedsOnlyTheModalitiesThatAreUsed() throws {
    try withFolder { folder in
      let run = try makeRun(in: folder)
      var lacking = check(run, modalities: [modalities[0]])
      #expect(throws: UsageError.self) { try lacking.refuseForeignDataset() }
      lacking.modalities = ["ct"]
      try lacking.refuseForeignDataset()
      lacking.modalities = ["ct", "pet"]
      #expect(
        message { try lacking.refuseForeignDataset() }
          == "--modalities: the model \(run.path) does not read 'pet'; it reads ct, mri.")
    }
  }

  @Test func resultsNeverReplaceFilesOfTheDataset() throws {
    try withFolder { folder in
      let folder = URL(fileURLWithPath: folder).resolvingSymlinksInPath().path
      let run = try makeRun(in: folder)
      try FileManager.default.createDirectory(
        atPath: folder + "/data", withIntermediateDirectories: true)
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/link", withDestinationPath: "data")
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/elsewhere.nii.gz", withDestinationPath: "data/a.nii.gz")
      let scan = folder + "/data/a.nii.gz"
      try Data().write(to: URL(fileURLWithPath: scan))
      for (check, output, file) in [
        (check(run, ct: scan, output: folder + "/data"), "data", scan),
        (check(run, labels: scan, output: folder + "/link"), "link", scan),
        (
          check(run, ct: folder + "/elsewhere.nii.gz", output: folder + "/data/"), "data/",
          folder + "/elsewhere.nii.gz"
        ),
      ] {
        #expect(
          message { try check.refuseToOverwrite(by: check.dataset.cases) }
            == "--output \(folder)/\(output): the result of a would replace \(file), which belongs "
            + "to the dataset. Choose another folder.")
      }
      let picture = check(run, ct: folder + "/data/pictures/a.png", output: folder + "/data")
      #expect(throws: UsageError.self) {
        try picture.refuseToOverwrite(by: picture.dataset.cases)
      }
      let apart = check(run, ct: scan, output: folder + "/masks")
      try apart.refuseToOverwrite(by: apart.dataset.cases)
    }
  }

  @Test func casesThatWereLearntFromAreNamed() throws {
    try withFolder { folder in
      let run = try makeRun(in: folder)
      let check = check(run)
      let cases = ["a", "c", "d"].map { CaseFiles(name: $0, images: [:]) }
      #expect(
        try check.learntCases(among: cases, .fold(0))
          == "--fold 0: the model in \(run.path) held out fold 1; not held out: a, d.")
      #expect(
        try check.learntCases(among: cases, .fold(1))
          == "--fold 1: the model in \(run.path) held out fold 1; not held out: a.")
      #expect(try check.learntCases(among: [cases[1]], .fold(1)) == nil)
      #expect(try check.learntCases(among: cases, .all) == nil)
    }
  }
}
