import Foundation
import Imaging
import TestSupport
import Testing

/// Descriptions of datasets whose scans share no space.
struct UnalignedDescriptionTests {
  /// Two patients whose scans share no space, each labelled on its own grid.
  private static let unaligned = """
    {
      root: "..", aligned: false,
      modalities: {
        "t1": {kind: "mri", file: "{case}/scans/{case}_t1.nii.gz", labelFile: "{case}/truth.nii.gz"},
        "ct": {kind: "ct", file: "{case}/scans/ct.nii.gz", labelFile: "{case}/ct_truth.nii.gz"},
      },
      labels: {near: 7}, labelFrame: 0, split: {folds: [["p1"], ["p3"]], test: ["p2"]},
    }
    """

  @Test func scansThatShareNoSpaceAreCasesOfTheirOwn() throws {
    try ChiasmDatasetTests.withPatients(description: Self.unaligned) { folder, file in
      let dataset = try Dataset.load(file)
      #expect(!dataset.isAligned)
      #expect(dataset.cases.map(\.name) == ["p1.ct", "p1.t1", "p2.t1", "p3.t1"])
      #expect(dataset.cases.map(\.patient) == ["p1", "p1", "p2", "p3"])
      #expect(dataset.cases.map { dataset.reference(of: $0) } == ["ct", "t1", "t1", "t1"])
      // Only the T1 scans have a label file on disk.
      #expect(dataset.cases.map { $0.labels?.frame } == [nil, 0, 0, 0])
      #expect(
        dataset.folds() == [
          Fold(training: ["p3.t1"], validation: ["p1.t1"]),
          Fold(training: ["p1.t1"], validation: ["p3.t1"]),
        ])
    }
  }

  @Test(arguments: [
    (
      "labels: {", "labelFile: \"{case}/truth.nii.gz\", labels: {",
      "\"labelFile\" must be one in every modality, because \"aligned\" is false: labels lie on the "
        + "grid of a scan, found \"{case}/truth.nii.gz\". Correct the value."
    ),
    (
      "aligned: false", "aligned: true",
      "unknown key \"labelFile\" in modality \"t1\". Known keys are kind, file."
    ),
    (
      "test: [\"p2\"]", "test: [\"p2.t1\"]",
      "\"split\" names the case \"p2.t1\", which has no files. Correct the name, or remove it."
    ),
  ])
  func mistakesOfScansThatShareNoSpaceAreExplained(
    right: String, wrong: String, explanation: String
  ) throws {
    let description = Self.unaligned.replacingOccurrences(of: right, with: wrong)
    try #require(description != Self.unaligned)
    try ChiasmDatasetTests.withPatients(description: description) { _, file in
      #expect {
        try Dataset.load(file)
      } throws: {
        "\($0)" == "\(file) does not describe a dataset: \(explanation)"
      }
    }
  }
}
