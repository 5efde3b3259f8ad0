import Foundation
import TestSupport
import Testing

@testable import Imaging

/// The DICOM beside the project against the NIfTI files that others made of it.
@Suite(.enabled(if: RealScans.areHere, "the real scans are not at hand"))
struct RealDICOMTests {
  private func compare(_ dicom: String, with nifti: String, within tolerance: Float) throws {
    let mine = try ScanFile.read(at: RealScans.folder + "/" + dicom).volume
    let truth = try ScanFile.read(at: RealScans.folder + "/" + nifti).volume
    #expect(mine.geometry.agrees(with: truth.geometry, withinMillimetres: 1e-3))
    expectClose(mine.voxels, truth.voxels, within: tolerance)
  }

  @Test(arguments: ["STS_008", "STS_025"])
  func sarcomasEqualTheirNIfTI(_ patient: String) throws {
    for (series, name) in [("CT", "CT"), ("MR_T1", "MR_T1")] {
      try compare(
        "dicom/sts/\(patient)/\(series)/image", with: "sts/\(patient)/\(name)_image.nii.gz",
        within: 0)
    }
    try compare(
      "dicom/sts/\(patient)/PET/image", with: "sts/\(patient)/PET_image.nii.gz", within: 1e-6)
  }

  @Test(arguments: ["RLE", "implicit", "jp2klossless"])
  func everyEncodingHasTheSameVoxels(_ encoding: String) throws {
    let folder = RealScans.folder + "/dicom/pydicom/MR_small"
    let plain = try ScanFile.read(at: folder + ".dcm").volume
    #expect(try ScanFile.read(at: "\(folder)_\(encoding).dcm").volume == plain)
  }

  @Test func aFilmOfUltrasoundIsReadAndItsStaleCalibrationSaid() throws {
    let path = RealScans.folder + "/dicom/ultrasound/examples_ybr_color.dcm"
    let scan = try ScanFile.open(path)
    #expect(scan.geometry.size == [320, 240, 30])
    #expect(
      scan.notes.first == """
        not calibrated (its calibrated region reaches pixel (595, 414) of a picture of 320 × 240, so \
        the picture was resized since): a pixel counts as 1 mm
        """)
  }

  @Test func aCutFileSaysWhatIsThere() throws {
    let path = RealScans.folder + "/dicom/pydicom/MR_truncated.dcm"
    #expect(
      imagingError { try ScanFile.read(at: path) }
        == .truncated(path: path, expected: 8192, found: 8130))
  }
}
