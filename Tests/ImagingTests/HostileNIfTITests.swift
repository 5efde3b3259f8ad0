import Foundation
import Imaging
import Testing

/// Files that are damaged or lie.
struct HostileNIfTITests {
  let folder: ScratchFolder

  init() throws {
    folder = try ScratchFolder()
  }

  @Test func aFileThatIsNotThereIsMissing() {
    let path = folder["none.nii.gz"]
    #expect(imagingError { try NIfTI.read(at: path) } == .missingFile(path: path))
  }

  @Test func aFolderIsNoFile() {
    #expect(
      imagingError { try NIfTI.read(at: folder.path) }
        == .unreadable(path: folder.path, reason: "it is not a file"))
  }

  @Test(arguments: [0, 1, 3, 200])
  func aFileThatIsTooShortForAHeaderIsRefused(length: Int) throws {
    let bytes = NIfTIBytes().header.prefix(length)
    let path = try folder.store(Array(bytes), as: "short.nii")
    #expect(imagingError { try NIfTI.read(at: path) } != nil)
  }

  @Test func aHeaderCutShortSaysSo() throws {
    let path = try folder.store(Array(NIfTIBytes().header.prefix(200)), as: "short.nii")
    #expect(
      imagingError { try NIfTI.read(at: path) }
        == .unreadable(path: path, reason: "it ends inside its header"))
  }

  @Test func whatIsNotNIfTIIsRefused() throws {
    let path = try folder.store(Array("This is a letter. ".utf8), as: "letter.nii")
    #expect(
      imagingError { try NIfTI.read(at: path) }?.description
        == "\(path) holds something that does not begin as NIfTI does, which is not supported. "
        + "Check the file, or convert it to .nii.gz.")
  }

  @Test func analyzeIsRefusedByName() throws {
    let bytes = NIfTIBytes(magic: [0, 0, 0, 0])
    let path = try folder.store(bytes.header, as: "old.hdr")
    #expect(
      imagingError { try NIfTI.read(at: path) }?.description
        == "\(path) holds an Analyze 7.5 header, which does not say where left and right are, "
        + "which is not supported. Convert it to NIfTI with a tool that knows its orientation.")
  }

  @Test(arguments: [
    (128, "RGB24"), (2304, "RGBA32"), (32, "complex64"), (1792, "complex128"), (1536, "float128"),
    (2048, "complex256"), (1, "binary"), (0, "0 (unknown)"), (77, "77 (unknown)"),
  ])
  func typesThatAreNotReadAreNamed(code: Int, name: String) throws {
    let bytes = NIfTIBytes(dataType: code)
    let path = try folder.store(bytes.file(Array(repeating: 0, count: 500)), as: "a.nii")
    #expect(
      imagingError { try NIfTI.read(at: path) }
        == .unsupported(
          path: path, found: "voxels of type \(name)",
          advice: "Convert them to real numbers, int16 or float32 for instance."))
  }

  @Test func aPlainFileThatEndsEarlyIsTruncated() throws {
    let path = try folder.store(NIfTIBytes().file([1, 2, 3]), as: "a.nii")
    #expect(
      imagingError { try NIfTI.read(at: path) } == .truncated(path: path, expected: 12, found: 3))
  }

  @Test func aCompressedFileThatEndsEarlyIsTruncated() throws {
    // The stream is sound and holds too little.
    let sound = try folder.store(gzip(NIfTIBytes().file([1, 2, 3])), as: "sound.nii.gz")
    #expect(
      imagingError { try NIfTI.read(at: sound) } == .truncated(path: sound, expected: 12, found: 3))
    // The stream itself is cut: 10 bytes of gzip's header, 5 of the block's, 352 of NIfTI's.
    let whole = gzip(NIfTIBytes().file(Array(1...12)))
    let cut = try folder.store(Array(whole.prefix(15 + 352 + 4)), as: "cut.nii.gz")
    #expect(
      imagingError { try NIfTI.read(at: cut) } == .truncated(path: cut, expected: 12, found: 4))
    let beheaded = try folder.store(Array(whole.prefix(100)), as: "beheaded.nii.gz")
    #expect(
      imagingError { try NIfTI.read(at: beheaded) }
        == .unreadable(path: beheaded, reason: "it ends inside its header"))
  }

  @Test func aLaterFrameThatIsCutIsTruncated() throws {
    let bytes = NIfTIBytes(dim: [4, 2, 1, 1, 3, 1, 1, 1])
    let path = try folder.store(gzip(bytes.file([1, 2, 3])), as: "a.nii.gz")
    #expect(try NIfTI.read(at: path, frame: 0).volume.voxels == [1, 2])
    #expect(
      imagingError { try NIfTI.read(at: path, frame: 1) }
        == .truncated(path: path, expected: 4, found: 3))
    #expect(
      imagingError { try NIfTI.read(at: path, frame: 2) }
        == .truncated(path: path, expected: 6, found: 3))
  }

  @Test func aWrongChecksumIsNoticed() throws {
    var bytes = gzip(NIfTIBytes().file(Array(1...12)))
    bytes[15 + 352 + 3] ^= 1
    let path = try folder.store(bytes, as: "a.nii.gz")
    #expect(
      imagingError { try NIfTI.read(at: path) }
        == .unreadable(path: path, reason: "its compressed data are damaged"))
  }

  @Test func aMissingChecksumIsNoticed() throws {
    let bytes = gzip(NIfTIBytes().file(Array(1...12)))
    let path = try folder.store(Array(bytes.dropLast(6)), as: "a.nii.gz")
    #expect(
      imagingError { try NIfTI.read(at: path) }
        == .unreadable(path: path, reason: "its compressed data end too early"))
  }

  @Test func aMillionMillionVoxelsAreRefusedAtOnce() throws {
    let bytes = NIfTIBytes(dim: [3, 10000, 10000, 10000, 1, 1, 1, 1], dataType: 16)
    let plain = try folder.store(bytes.file([1, 2, 3]), as: "a.nii")
    #expect(
      imagingError { try NIfTI.read(at: plain) }
        == .truncated(path: plain, expected: 4_000_000_000_000, found: 3))
    let packed = try folder.store(gzip(bytes.file([1, 2, 3])), as: "a.nii.gz")
    let size = gzip(bytes.file([1, 2, 3])).count
    #expect(
      imagingError { try NIfTI.readHeader(at: packed) }?.description
        == "The header of \(packed) cannot be true: 1000000000000 voxels of float32 are "
        + "4000000000000 bytes, and a compressed file of \(size) bytes can hold at most "
        + "\(size * 1032 - 352). Get the file again from its source.")
  }

  @Test func sizesThatOverflowAreRefused() throws {
    let side = 1 << 40
    let bytes = NIfTIBytes(version: 2, dim: [7, side, side, side, side, side, side, side])
    let path = try folder.store(bytes.file([1]), as: "a.nii")
    let shown = Array(repeating: "\(side)", count: 7).joined(separator: " × ")
    #expect(
      imagingError { try NIfTI.read(at: path) }
        == .absurdSize(path: path, description: "it has \(shown) voxels"))
  }

  @Test(arguments: [
    ([0, 3, 2, 2, 1, 1, 1, 1], "it counts 0 axes, not 1 to 7"),
    ([8, 3, 2, 2, 1, 1, 1, 1], "it counts 8 axes, not 1 to 7"),
    ([-1, 3, 2, 2, 1, 1, 1, 1], "it counts -1 axes, not 1 to 7"),
    ([3, 3, 0, 2, 1, 1, 1, 1], "it has 3 × 0 × 2 voxels"),
    ([3, 3, -5, 2, 1, 1, 1, 1], "it has 3 × -5 × 2 voxels"),
    ([4, 3, 2, 2, -1, 1, 1, 1], "it has 3 × 2 × 2 × -1 voxels"),
  ])
  func sizesThatAreNoneAreRefused(dim: [Int], problem: String) throws {
    let path = try folder.store(NIfTIBytes(dim: dim).file(Array(1...12)), as: "a.nii")
    #expect(
      imagingError { try NIfTI.read(at: path) } == .absurdSize(path: path, description: problem))
  }

  @Test(arguments: [-4, 100, 1e30, Double.nan, .infinity])
  func voxelsThatBeginNowhereAreRefused(offset: Double) throws {
    let path = try folder.store(NIfTIBytes(offset: offset).file(Array(1...12)), as: "a.nii")
    let shown = Double(Float(offset))
    #expect(
      imagingError { try NIfTI.read(at: path) }?.description
        == "The header of \(path) cannot be true: its voxels begin at byte \(shown) of the file. "
        + "Get the file again from its source.")
  }

  @Test func anOffsetBehindTheFileIsTruncation() throws {
    let path = try folder.store(NIfTIBytes(offset: 100000).file(Array(1...12)), as: "a.nii")
    #expect(
      imagingError { try NIfTI.read(at: path) } == .truncated(path: path, expected: 12, found: 0))
  }

  @Test func anInterceptThatIsNoNumberIsRefused() throws {
    let path = try folder.store(
      NIfTIBytes(slope: 2, intercept: .nan).file(Array(1...12)), as: "a.nii")
    #expect(
      imagingError { try NIfTI.read(at: path) }
        == .unsupported(
          path: path, found: "an intercept (scl_inter) of nan", advice: "Correct the header."))
  }

  @Test func halfAPairIsMissing() throws {
    let header = try folder.store(NIfTIBytes(isPair: true).header, as: "a.hdr")
    #expect(imagingError { try NIfTI.read(at: header) } == .missingFile(path: folder["a.img"]))
    let image = try folder.store([1, 2, 3], as: "b.img")
    #expect(imagingError { try NIfTI.read(at: image) } == .missingFile(path: folder["b.hdr"]))
  }

  @Test(arguments: [
    ([1e5, 1, 1], 0, "voxels of 0.001 to 1000 mm", "voxels of 1e+05 × 1 × 1 mm"),
    ([1, 1e30, 1], 0, "voxels of 0.001 to 1000 mm", "voxels of 1 × 1e+30 × 1 mm"),
    ([1, 1, 1e-30], 0, "voxels of 0.001 to 1000 mm", "voxels of 1 × 1 × 1e-30 mm"),
    ([1000, 1, 1], 0, "a field of view of at most 10 m", "one of 1.1e+04 × 2 × 1 mm"),
    ([1, 1, 1], 2e6, "a first voxel within 1 km of zero", "it at 2e+06, 0, 0 mm"),
  ])
  func aGridThatHoldsNoPatientIsRefused(
    spacing: [Double], x: Double, expected: String, found: String
  ) throws {
    var bytes = NIfTIBytes()
    bytes.dim = [3, 11, 2, 1, 1, 1, 1, 1]
    bytes.pixdim = [1] + spacing + [1, 1, 1, 1]
    bytes.qformCode = 1
    bytes.quaternionOffset = [x, 0, 0]
    let path = try folder.store(bytes.file([UInt8](repeating: 0, count: 22)), as: "wide.nii")
    let error = ImagingError.implausibleGeometry(path: path, expected: expected, found: found)
    #expect(imagingError { try ScanFile.read(at: path) } == error)
    #expect(imagingError { try ScanFile.readLabels(at: path) } == error)
  }

  @Test func theWidestAndTheFinestGridsAreRead() throws {
    for spacing in [1e-3, 1e3] {
      var bytes = NIfTIBytes()
      bytes.dim = [3, 2, 2, 1, 1, 1, 1, 1]
      bytes.pixdim = [1, spacing, spacing, spacing, 1, 1, 1, 1]
      bytes.qformCode = 1
      let path = try folder.store(bytes.file([0, 0, 0, 0]), as: "grid.nii")
      #expect(try ScanFile.read(at: path).volume.voxels.count == 4)
    }
  }

  @Test func everyByteOfAHeaderMayBeWrong() throws {
    // Whatever a byte is, reading ends with a scan or an error, and never with the program.
    let whole = NIfTIBytes(qformCode: 1, sformCode: 1).file(Array(1...12))
    for position in 0..<348 {
      for value in [0, 0x7F, 0x80, 0xFF] as [UInt8] {
        var bytes = whole
        bytes[position] = value
        let path = try folder.store(bytes, as: "a.nii")
        do {
          let scan = try NIfTI.read(at: path, frame: 0)
          #expect(scan.volume.voxels.count <= 12)
        } catch {
          #expect(!(error as ImagingError).description.isEmpty)
        }
      }
    }
  }
}
