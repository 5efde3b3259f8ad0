import Foundation
import Imaging
import Testing

/// Real scans against what nibabel 5.4.2 reads from them: Tests/Reference/nifti_reference.py.
///
/// Skipped where the folder of scans is absent.
@Suite(.enabled(if: RealScans.areHere))
struct NIfTIReferenceTests {
  struct Reference: Decodable {
    let records: [Record]
  }

  struct Record: Decodable {
    let file, type: String
    let frame, frames, qform_code, sform_code: Int
    let size: [Int]
    let affine: [[Double]]
    let minimum, maximum, mean, ramp: Double
  }

  @Test func affinesAndVoxelsAreThoseOfNibabel() throws {
    let reference: Reference = try RealScans.reference("nifti_reference.json")
    #expect(reference.records.count == 46)
    for record in reference.records {
      let path = RealScans.folder + "/" + record.file
      let scan = try NIfTI.read(at: path, frame: record.frame)
      let header = try #require(scan.header)
      let volume = scan.volume
      #expect(
        [volume.geometry.size.x, volume.geometry.size.y, volume.geometry.size.z] == record.size)
      #expect(header.type.rawValue == record.type, "\(record.file)")
      #expect(header.frames == record.frames, "\(record.file)")
      #expect(header.qformCode == record.qform_code && header.sformCode == record.sform_code)
      #expect(largestDifference(volume.geometry.affine, record.affine) < 1e-12, "\(record.file)")
      let sums = volume.sums
      #expect(sums.minimum == record.minimum && sums.maximum == record.maximum, "\(record.file)")
      #expect(abs(sums.mean - record.mean) <= 1e-9 * max(1, abs(record.mean)), "\(record.file)")
      #expect(abs(sums.ramp - record.ramp) <= 1e-9 * max(1, abs(record.ramp)), "\(record.file)")
    }
  }

  @Test func allOrientationsAreOneImageInTheWorld() throws {
    let folder = RealScans.folder + "/nifti/orientations/"
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    let scans = try names.filter { $0.hasSuffix(".nii.gz") }.sorted().map {
      try NIfTI.read(at: folder + $0).volume
    }
    #expect(scans.count == 12)
    let first = scans[0].resampled(onto: scans[0].geometry.canonical)
    for scan in scans.dropFirst() {
      let canonical = scan.geometry.canonical
      #expect(canonical.agrees(with: first.geometry))
      #expect(scan.resampled(onto: canonical, interpolation: .nearest).voxels == first.voxels)
    }
  }

  @Test func filesThatAreNotReadAreNamed() {
    let nifti = RealScans.folder + "/nifti"
    let letter = nifti + "/mango/not-nifti.nii"
    #expect(
      imagingError { try NIfTI.read(at: letter) }
        == .unsupported(
          path: letter, found: "something that does not begin as NIfTI does",
          advice: "Check the file, or convert it to .nii.gz."))
    let colours = nifti + "/nifti-rs/rgb/3D.nii"
    #expect(
      imagingError { try NIfTI.read(at: colours) }
        == .unsupported(
          path: colours, found: "voxels of type RGB24",
          advice: "Convert them to real numbers, int16 or float32 for instance."))
  }

  @Test func masksAreWrittenOnTheGridOfTheirScan() throws {
    let folder = try ScratchFolder()
    let scan = try NIfTI.read(at: RealScans.folder + "/sts/STS_008/PET_image.nii.gz")
    let mask = LabelMap(
      geometry: scan.volume.geometry, voxels: scan.volume.voxels.map { $0 > 2 ? 1 : 0 })
    try NIfTI.write(mask, to: folder["mask.nii.gz"], like: scan.header)
    let written = try NIfTI.readHeader(at: folder["mask.nii.gz"])
    let header = try #require(scan.header)
    #expect(written.geometry == header.geometry)
    #expect(written.pixelDimensions == header.pixelDimensions)
    #expect(written.quaternion == header.quaternion)
    #expect(written.sform == header.sform)
    #expect(try NIfTI.readLabels(at: folder["mask.nii.gz"]).voxels == mask.voxels)
  }
}

extension Volume where Scalar == Float {
  /// The extremes, the mean, and the mean weighted with x + 2y + 3z.
  fileprivate var sums: (minimum: Double, maximum: Double, mean: Double, ramp: Double) {
    var (minimum, maximum, sum, ramp) = (Double.infinity, -Double.infinity, 0.0, 0.0)
    var index = 0
    for z in 0..<geometry.size.z {
      for y in 0..<geometry.size.y {
        for x in 0..<geometry.size.x {
          let value = Double(voxels[index])
          minimum = min(minimum, value)
          maximum = max(maximum, value)
          sum += value
          ramp += value * Double(x + 2 * y + 3 * z)
          index += 1
        }
      }
    }
    let count = Double(voxels.count)
    return (minimum, maximum, sum / count, ramp / count)
  }
}
