import Foundation
import Imaging
import TestSupport
import Testing

@Suite struct DatasetTests {
  @Test func aFolderWithoutDescriptionSaysWhatIsThere() throws {
    try withTemporaryFolder { folder in
      let advice =
        "Give a folder with a dataset.json (Chiasm's, nnU-Net's or the Medical Segmentation "
        + "Decathlon's), or such a file."
      for (entries, found) in [
        ([], "an empty folder"), (["b.nii", "a.nii"], "a.nii, b.nii"),
        (["c", "d", "e", "f"], "a.nii, b.nii, c, d, e and 1 more"),
      ] {
        for entry in entries { try SmallScans.write("", to: "\(folder)/\(entry)") }
        #expect {
          try Dataset.load(folder)
        } throws: {
          "\($0)" == "\(folder) does not describe a dataset: looked for dataset.json, found "
            + "\(found). \(advice)"
        }
      }
      #expect {
        try Dataset.load(folder + "/nowhere")
      } throws: {
        "\($0)" == "\(folder)/nowhere does not describe a dataset: looked for dataset.json, found "
          + "no such file or folder. \(advice)"
      }
    }
  }

  @Test func casesAndLabelsAreSorted() {
    let dataset = Self.dataset(of: ["b", "a", "c"], labelled: ["c", "a"])
    #expect(dataset.cases.map(\.name) == ["a", "b", "c"])
    #expect(dataset.labelledCases.map(\.name) == ["a", "c"])
    #expect(dataset.labels.map(\.value) == [2, 700])
    #expect(dataset.modality(named: "ct")?.kind == .ct)
    #expect(dataset.modality(named: "mri") == nil)
    #expect(dataset.files(ofCase: "b")?.labels == nil)
  }

  @Test func testCasesAreNotForTraining() {
    let dataset = Self.dataset(of: ["a", "b"], labelled: ["a", "b"], test: ["b"])
    #expect(dataset.labelledCases.map(\.name) == ["a"])
  }

  @Test func onlyTheModalitiesAskedForAreLoaded() throws {
    try withTemporaryFolder { folder in
      try Phantom.writeDataset(to: folder, cases: 1, size: 8)
      let dataset = try Dataset.load(folder)
      let all = try dataset.loadCase(dataset.cases[0])
      #expect(Set(all.scans.keys) == ["ct", "mri", "ultrasound"])
      let one = try dataset.loadCase(
        dataset.cases[0], modalities: ["mri", "unheard-of"], withLabels: false)
      #expect(Set(one.scans.keys) == ["mri"])
      #expect(one.labels == nil)
    }
  }

  @Test func aModalityThatIsAbsentIsLeftOutAndOneThatIsDamagedIsAnError() throws {
    try withTemporaryFolder { folder in
      try Phantom.writeDataset(to: folder, cases: 1, size: 8)
      try FileManager.default.removeItem(atPath: "\(folder)/case_000/mri.nii.gz")
      let dataset = try Dataset.load(folder)
      #expect(Set(try dataset.loadCase(dataset.cases[0]).scans.keys) == ["ct", "ultrasound"])
      try SmallScans.write("not a scan", to: "\(folder)/case_000/mri.nii.gz")
      let damaged = try Dataset.load(folder)
      #expect(throws: ImagingError.self) { try damaged.loadCase(damaged.cases[0]) }
    }
  }

  /// A dataset in memory, with files that do not exist.
  static func dataset(
    of names: [String], labelled: Set<String>, test: [String] = [], folds: [[String]]? = nil
  ) -> Dataset {
    Dataset(
      name: "Made up", root: "/", reference: "ct", modalities: [Modality(name: "ct", kind: .ct)],
      labels: [Label(name: "b", value: 700), Label(name: "a", value: 2)],
      cases: names.map { name in
        CaseFiles(
          name: name, images: ["ct": FileReference(path: "/\(name)")],
          labels: labelled.contains(name) ? FileReference(path: "/\(name)-labels") : nil)
      }, testCases: test, folds: folds)
  }
}
