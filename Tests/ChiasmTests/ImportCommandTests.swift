import Foundation
import Imaging
import Testing

@testable import chiasm

struct ImportCommandTests {
  /// A patient with a CT and its mask, and one with an MRI alone.
  private func archive(in folder: String) throws {
    let grid = Geometry(size: [4, 4, 4], spacing: .one)
    for patient in ["ann", "bob"] { try Folder.create("\(folder)/scans/\(patient)") }
    let volume = Volume<Float>(geometry: grid, filledWith: 1)
    try NIfTI.write(volume, to: folder + "/scans/ann/ct.nii.gz")
    try NIfTI.write(LabelMap(geometry: grid, filledWith: 3), to: folder + "/scans/ann/mask.nii.gz")
    try NIfTI.write(volume, to: folder + "/scans/bob/mri.nii")
  }

  @Test func aDryRunSaysWhatWouldBeTakenAndThatNothingIsWritten() throws {
    try withFolder { folder in
      try archive(in: folder)
      try Data("hello".utf8).write(to: URL(fileURLWithPath: folder + "/scans/ann/letter.txt"))
      let (status, output, errors) = Recorder.run(
        ["import", folder + "/scans", "--output", folder + "/made", "--dry-run"])
      #expect(status == .done && errors == "")
      #expect(
        output == """
          Taken: 3 scans and labels of 2 cases
            case_001  ct: a nii.gz file
            case_001  labels: a nii.gz file
            case_002  mri: a nii file
          Left:
            a file: not a scan
          Without ct, on whose grid labels and masks lie, and so of no use yet: case_002
          Nothing was written: this was a dry run.

          """)
      #expect(!FileManager.default.fileExists(atPath: folder + "/made"))
    }
  }

  @Test func whatIsDamagedFailsAloneAndLeavesNoTrace() throws {
    try withFolder { folder in
      try archive(in: folder)
      let path = folder + "/scans/bob/mri.nii"
      let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
      try bytes.prefix(400).write(to: URL(fileURLWithPath: path))
      let made = folder + "/made"
      let (status, output, errors) = Recorder.run(
        ["import", folder + "/scans", "--output", made, "--threads", "2"])
      #expect(status == .someCasesFailed)
      #expect(
        output == """
          Taken: 2 scans and labels of 1 case
            case_001  ct: a nii.gz file
            case_001  labels: a nii.gz file
          Written to \(made); `chiasm inspect \(made)` checks it.

          """)
      #expect(
        errors == """
          warning: mri of case_002 ends too early: its header promises 256 bytes of voxels, and 48 \
          are there. Get the file again from its source.

          """)
      let dataset = try Dataset.load(made)
      #expect(dataset.modalities.map(\.name) == ["ct"])
      #expect(dataset.cases.map(\.name) == ["case_001"])
      #expect(dataset.cases.allSatisfy { dataset.faults(of: $0).isEmpty })
      #expect(!FileManager.default.fileExists(atPath: made + "/case_002"))
    }
  }
}
