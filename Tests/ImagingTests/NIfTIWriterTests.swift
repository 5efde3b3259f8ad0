import Foundation
import Testing

@testable import Imaging

struct NIfTIWriterTests {
  let folder: ScratchFolder

  /// Turned by 30 degrees about z, left-handed.
  let oblique: Geometry

  init() throws {
    folder = try ScratchFolder()
    let (sine, cosine) = (0.5, 0.75.squareRoot())
    oblique = Geometry(
      size: [3, 4, 2], spacing: [0.5, 1.25, 3], origin: [-10, 20, 30.5],
      direction: Direction(x: [cosine, sine, 0], y: [-sine, cosine, 0], z: [0, 0, -1]))
  }

  @Test(arguments: ["a.nii", "a.nii.gz"])
  func aVolumeComesBack(name: String) throws {
    let volume = Volume(geometry: oblique, voxels: (0..<24).map { Float($0) / 7 - 1 })
    try NIfTI.write(volume, to: folder[name])
    let scan = try NIfTI.read(at: folder[name])
    #expect(scan.volume.voxels == volume.voxels)
    #expect(scan.volume.geometry.agrees(with: oblique, withinMillimetres: 1e-5))
    let header = try #require(scan.header)
    #expect(header.type == .float32)
    #expect(header.qformCode == 1 && header.sformCode == 1)
    #expect(header.units == 2 && header.version == 1)
    #expect(try folder.names() == [name])
  }

  @Test func theQformSaysTheSameAsTheSform() throws {
    try NIfTI.write(Volume(geometry: oblique, filledWith: Float(0)), to: folder["a.nii"])
    // Without the sform's code, the qform counts.
    var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder["a.nii"])))
    bytes[254] = 0
    let path = try folder.store(bytes, as: "b.nii")
    let header = try NIfTI.readHeader(at: path)
    #expect(header.sformCode == 0)
    #expect(header.geometry.agrees(with: oblique, withinMillimetres: 1e-5))
  }

  @Test func aShearedGridHasNoQform() throws {
    let sheared = Geometry(
      size: [2, 2, 2], affine: [[1, 0.5, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]])
    try NIfTI.write(Volume(geometry: sheared, filledWith: Float(0)), to: folder["a.nii"])
    let header = try NIfTI.readHeader(at: folder["a.nii"])
    #expect(header.qformCode == 0)
    #expect(header.geometry.agrees(with: sheared))
  }

  @Test func labelsTakeTheSmallestTypeThatHoldsThem() throws {
    for (highest, type) in [(255, VoxelType.uint8), (256, .uint16), (65535, .uint16)] {
      var labels = LabelMap(geometry: oblique, filledWith: 1)
      labels.voxels[5] = UInt16(highest)
      try NIfTI.write(labels, to: folder["l.nii.gz"])
      #expect(try NIfTI.readHeader(at: folder["l.nii.gz"]).type == type)
      #expect(try NIfTI.readLabels(at: folder["l.nii.gz"]).voxels == labels.voxels)
    }
  }

  @Test(arguments: [1, 2], [(0, 0), (1, 0), (0, 2), (2, 4)])
  func aFileIsWrittenLikeAnother(version: Int, codes: (qform: Int, sform: Int)) throws {
    // The sform and the qform contradict each other, and pixdim has odd values: all is kept.
    let original = NIfTIBytes(
      version: version, pixdim: [-1, 2.1, 3.3, 4.7, 0, 0.3, 0, 9], qformCode: codes.qform,
      sformCode: codes.sform, quaternion: [0.1, 0.2, 0.3], quaternionOffset: [7, 8, 9.1],
      sform: [2.1, 0.01, 0, -1, 0, 3.3, 0.1, -2, 0, 0, 4.7, -3], units: 10)
    let bytes = original.file(Array(repeating: 0, count: 12))
    let source = try folder.store(bytes, as: "source.nii")
    let header = try NIfTI.readHeader(at: source)
    let labels = LabelMap(geometry: header.geometry, filledWith: 1)
    try NIfTI.write(labels, to: folder["mask.nii"], like: header)
    let written = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder["mask.nii"])))
    let fields =
      version == 1
      ? [40..<56, 76..<108, 123..<124, 252..<328] : [16..<80, 104..<168, 344..<496, 500..<504]
    for range in fields { #expect(written[range] == bytes[range], "bytes \(range)") }
    #expect(try NIfTI.readHeader(at: folder["mask.nii"]).geometry == header.geometry)
  }

  @Test func aHeaderOfAnotherGridLendsItsUnitsOnly() throws {
    let bytes = NIfTIBytes(sformCode: 3, units: 10)
    let source = try folder.store(bytes.file(Array(repeating: 0, count: 12)), as: "source.nii")
    let header = try NIfTI.readHeader(at: source)
    try NIfTI.write(LabelMap(geometry: oblique, filledWith: 0), to: folder["a.nii"], like: header)
    let written = try NIfTI.readHeader(at: folder["a.nii"])
    #expect(written.geometry.agrees(with: oblique))
    #expect(written.sformCode == 1)
    #expect(written.units == 10)
  }

  @Test func aFlatFileStaysFlat() throws {
    let bytes = NIfTIBytes(dim: [2, 3, 4, 1, 1, 1, 1, 1])
    let source = try folder.store(bytes.file(Array(repeating: 0, count: 12)), as: "source.nii")
    let header = try NIfTI.readHeader(at: source)
    let labels = LabelMap(geometry: header.geometry, filledWith: 0)
    try NIfTI.write(labels, to: folder["a.nii"], like: header)
    #expect(try NIfTI.readHeader(at: folder["a.nii"]).geometry == header.geometry)
  }

  @Test func aLongAxisNeedsTheSecondVersion() throws {
    let long = Geometry(size: [40000, 1, 1], spacing: [0.125, 1, 1])
    try NIfTI.write(LabelMap(geometry: long, filledWith: 2), to: folder["a.nii.gz"])
    let header = try NIfTI.readHeader(at: folder["a.nii.gz"])
    #expect(header.version == 2)
    #expect(header.geometry == long)
  }

  @Test func otherNamesAreRefused() throws {
    let path = folder["a.img"]
    #expect(
      imagingError { try NIfTI.write(LabelMap(geometry: oblique, filledWith: 0), to: path) }
        == .unwritable(
          path: path, reason: "the name of a NIfTI file ends with .nii or .nii.gz",
          advice: "Choose such a name."))
  }

  @Test func aMissingFolderIsAnError() throws {
    let path = folder["none/a.nii.gz"]
    #expect(
      imagingError { try NIfTI.write(LabelMap(geometry: oblique, filledWith: 0), to: path) }
        == .writeFailed(path: path, reason: "No such file or directory"))
  }

  /// Skipped where the system has no device that is always full.
  @Test(
    .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")), arguments: [false, true])
  func aFullDiskIsNoticed(isCompressed: Bool) throws {
    let header = NIfTI.rawHeader(for: oblique, type: .float32, like: nil)
    let voxels = (0..<24).map(Float.init)
    #expect(
      imagingError {
        try NIfTI.store(
          header, { body in voxels.withUnsafeBytes(body) }, at: "/dev/full",
          isCompressed: isCompressed,
          reportedPath: "a.nii")
      } == .writeFailed(path: "a.nii", reason: "No space left on device"))
  }
}
