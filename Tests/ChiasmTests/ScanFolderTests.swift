import Architecture
import Foundation
import Imaging
import Testing
import Training

@testable import chiasm

struct ScanFolderTests {
  private let plan = Plan(
    dataset: "Knees", reference: "ct",
    modalities: [
      .init(modality: Modality(name: "ct", kind: .ct), normalization: .standardize),
      .init(modality: Modality(name: "mri", kind: .mri), normalization: .standardizeNonZero),
    ],
    labels: [Label(name: "bone", value: 1)], spacing: [1, 1, 1], patchSize: [8, 8, 8],
    batchSize: 1,
    topology: Topology(
      levels: [
        .init(channels: 4, kernel: [3, 3, 3], stride: [1, 1, 1]),
        .init(channels: 8, kernel: [3, 3, 3], stride: [2, 2, 2]),
      ], blocksPerLevel: 1, classes: 2))

  /// The cases found in a folder that has the given empty files: name, then its modalities.
  private func cases(in files: String...) throws -> [String: [String]] {
    try withFolder { folder in
      for file in files {
        let path = URL(fileURLWithPath: "\(folder)/\(file)")
        try FileManager.default.createDirectory(
          at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data().write(to: path)
      }
      let found = try ScanFolder(path: folder).dataset(for: plan).cases
      return Dictionary(uniqueKeysWithValues: found.map { ($0.name, $0.images.keys.sorted()) })
    }
  }

  @Test func understandsNamesNumbersAndFolders() throws {
    #expect(
      try cases(in: "a_ct.nii.gz", "a_mri.nii.gz", "b_ct.nii", "notes.txt")
        == ["a": ["ct", "mri"], "b": ["ct"]])
    #expect(try cases(in: "p_1_0000.nii.gz", "p_1_0001.nii.gz") == ["p_1": ["ct", "mri"]])
    #expect(
      try cases(in: "x/ct.nii.gz", "x/mri/0.png", "y/mri.nii")
        == ["x": ["ct", "mri"], "y": ["mri"]])
  }

  @Test func scansThatShareNoSpaceAreCasesOfTheirOwn() throws {
    let apart = Plan(
      dataset: plan.dataset, reference: plan.reference, isAligned: false,
      modalities: plan.modalities, labels: plan.labels, spacing: plan.spacing,
      patchSize: plan.patchSize, batchSize: 1, topology: plan.topology)
    try withFolder { folder in
      for name in ["a_ct.nii.gz", "a_mri.nii.gz", "b_mri.nii"] {
        try Data().write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
      }
      let dataset = try ScanFolder(path: folder).dataset(for: apart)
      #expect(dataset.cases.map(\.name) == ["a.ct", "a.mri", "b.mri"])
      #expect(dataset.cases.map(\.patient) == ["a", "a", "b"])
      #expect(dataset.reference(of: dataset.cases[2]) == "mri")
    }
  }

  @Test func whatStartsWithADotIsNoCase() throws {
    #expect(
      try cases(in: "a_ct.nii", ".chiasm-0A1B2C3D-b_ct.nii", ".cache/ct.nii", "._a_mri.nii")
        == ["a": ["ct"]])
  }

  @Test func theLongestSuffixIsTheModality() throws {
    let modalities = ["ct", "low_ct"].map {
      Plan.ModalityPlan(modality: Modality(name: $0, kind: .ct), normalization: .standardize)
    }
    let plan = Plan(
      dataset: plan.dataset, reference: plan.reference, modalities: modalities,
      labels: plan.labels, spacing: plan.spacing, patchSize: plan.patchSize,
      batchSize: plan.batchSize, topology: plan.topology)
    try withFolder { folder in
      for name in ["a_ct", "a_low_ct"] {
        try Data().write(to: URL(fileURLWithPath: "\(folder)/\(name).nii"))
      }
      let found = try ScanFolder(path: folder).dataset(for: plan).cases
      #expect(found.map(\.name) == ["a"])
      #expect(found.first?.images["low_ct"]?.path == "\(folder)/a_low_ct.nii")
    }
  }

  @Test(arguments: [
    ["a_ct.nii", "a_ct.nii.gz"], ["a_0000.nii", "a_ct.nii"], ["a/ct.nii.gz", "a_ct.nii"],
    ["a/ct.nii.gz", "a/ct.nii"],
  ])
  func twoScansOfOneKindAreRefused(files: [String]) throws {
    try withFolder { folder in
      for file in files {
        let path = URL(fileURLWithPath: "\(folder)/\(file)")
        try FileManager.default.createDirectory(
          at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data().write(to: path)
      }
      let error = #expect(throws: ImagingError.self) {
        try ScanFolder(path: folder).dataset(for: plan)
      }
      #expect(
        error?.description
          == "\(folder) does not describe a dataset: \(folder)/\(files[0]) and \(folder)/\(files[1]) "
          + "are both the ct scan of case a. Remove or rename one of them.")
    }
  }

  @Test func anEmptyFolderSaysWhatWasLookedFor() throws {
    try withFolder { folder in
      let error = #expect(throws: ImagingError.self) {
        try ScanFolder(path: folder).dataset(for: plan)
      }
      #expect(
        error?.description == """
          \(folder) does not describe a dataset: it has no dataset.json, and no scan with one of the \
          names that the model reads, CASE_ct.nii.gz, CASE_0000.nii.gz or CASE/ct.nii.gz; \
          CASE_mri.nii.gz, CASE_0001.nii.gz or CASE/mri.nii.gz. Rename the scans (.nii and folders \
          of PNG slices will do too), or write a dataset.json.
          """)
    }
  }
}
