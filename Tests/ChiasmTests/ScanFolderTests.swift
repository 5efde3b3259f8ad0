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

  @Test func anEmptyFolderSaysWhatWasExpected() throws {
    try withFolder { folder in
      #expect(throws: ImagingError.missingFile(path: "\(folder)/CASE_ct.nii.gz")) {
        try ScanFolder(path: folder).dataset(for: plan)
      }
    }
  }
}
