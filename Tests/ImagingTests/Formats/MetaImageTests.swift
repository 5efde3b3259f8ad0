import Foundation
import Imaging
import Testing

/// What is read was read from the same bytes by SimpleITK 2.5.7 (Tests/Reference/scan_check.py).
struct MetaImageTests {
  let folder: ScratchFolder

  /// 3 × 2 × 2 voxels; x leads back, y leads right, in RAS+.
  let header = """
    ObjectType = Image
    NDims = 3
    BinaryData = True
    BinaryDataByteOrderMSB = False
    TransformMatrix = 0 1 0 -1 0 0 0 0 1
    Offset = 1.5 -2 3
    AnatomicalOrientation = RAI
    ElementSpacing = 0.5 0.75 2
    DimSize = 3 2 2

    """

  init() throws {
    folder = try ScratchFolder()
  }

  private func store(_ text: String, _ voxels: [UInt8] = [], as name: String) throws -> String {
    try folder.store(Array(text.utf8) + voxels, as: name)
  }

  private func local(_ type: String, _ more: String = "") -> String {
    header + more + "ElementType = \(type)\nElementDataFile = LOCAL\n"
  }

  @Test func theMatrixHasTheDirectionOfOneAxisAfterTheOtherInLPS() throws {
    let path = try store(local("MET_UCHAR"), Array(1...12), as: "a.mha")
    let scan = try ScanFile.read(at: path)
    #expect(
      scan.volume.geometry.affine == [
        [0, 0.75, 0, -1.5], [-0.5, 0, 0, 2], [0, 0, 2, 3], [0, 0, 0, 1],
      ])
    #expect(scan.volume.voxels == (1...12).map(Float.init))
  }

  @Test(arguments: [
    ("MET_CHAR", VoxelType.int8), ("MET_UCHAR", .uint8), ("MET_SHORT", .int16),
    ("MET_USHORT", .uint16), ("MET_INT", .int32), ("MET_UINT", .uint32), ("MET_LONG", .int32),
    ("MET_ULONG", .uint32), ("MET_LONG_LONG", .int64), ("MET_ULONG_LONG", .uint64),
    ("MET_FLOAT", .float32), ("MET_DOUBLE", .float64),
  ])
  func everyTypeIsReadInBothOrders(name: String, type: VoxelType) throws {
    for isSwapped in [false, true] {
      let bytes = NIfTIBytes(isSwapped: isSwapped)
      let text = local(name).replacingOccurrences(
        of: "MSB = False", with: "MSB = \(isSwapped ? "True" : "False")")
      let path = try store(text, bytes.numbers(Array(1...12), type), as: "a.mha")
      let reader = try ScanFile.open(path)
      #expect(reader.type == type)
      #expect(try ScanFile.read(at: path).volume.voxels == (1...12).map(Float.init))
    }
  }

  @Test func compressedVoxelsAreZlibOrGzip() throws {
    let text = local("MET_UCHAR", "CompressedData = True\n")
    for packed in [gzip(Array(1...12)), zlib(Array(1...12))] {
      let path = try store(text, packed, as: "a.mha")
      #expect(try ScanFile.read(at: path).volume.voxels == (1...12).map(Float.init))
    }
  }

  @Test func theDataFileMayBeBesideTheHeader() throws {
    _ = try folder.store([9, 9] + Array(1...12), as: "v.raw")
    for size in ["2", "-1"] {
      let path = try store(
        header + "HeaderSize = \(size)\nElementType = MET_UCHAR\nElementDataFile = v.raw\n",
        as: "a.mhd")
      #expect(try ScanFile.read(at: path).volume.voxels == (1...12).map(Float.init))
    }
  }

  @Test func slicesMayBeListedOrNumbered() throws {
    _ = try folder.store(Array(1...6), as: "s07.raw")
    _ = try folder.store(Array(7...12), as: "s08.raw")
    for files in ["LIST\ns07.raw\ns08.raw\n", "s%02d.raw 7 8 1\n"] {
      let path = try store(
        header + "ElementType = MET_UCHAR\nElementDataFile = " + files, as: "a.mhd")
      #expect(try ScanFile.read(at: path).volume.voxels == (1...12).map(Float.init))
    }
  }

  @Test func textIsRead() throws {
    let text = local("MET_SHORT").replacingOccurrences(
      of: "BinaryData = True", with: "BinaryData = False")
    let path = try store(text + "1 2 3 4 5 6\n7 8 9 10 11 -12\n", as: "a.mha")
    #expect(try ScanFile.read(at: path).volume.voxels == (1...11).map(Float.init) + [-12])
    let wrong = try store(text + "1 2 3 4 5 6 7 8 9 10 11 x\n", as: "b.mha")
    #expect(
      imagingError { try ScanFile.read(at: wrong) }
        == .unreadable(path: wrong, reason: "'x' is no int16"))
  }

  @Test func coloursBecomeTheirBrightness() throws {
    let text =
      header.replacingOccurrences(of: "DimSize = 3 2 2", with: "DimSize = 2 1 1")
      + "ElementNumberOfChannels = 3\nElementType = MET_UCHAR\nElementDataFile = LOCAL\n"
    let path = try store(text, [255, 0, 0, 9, 9, 9], as: "a.mha")
    #expect(try ScanFile.read(at: path).volume.voxels == [76.245, 9])
  }

  @Test func aFourthAxisCountsFrames() throws {
    let text = """
      NDims = 4
      DimSize = 2 1 1 2
      BinaryData = True
      ElementType = MET_UCHAR
      ElementDataFile = LOCAL

      """
    let path = try store(text, [1, 2, 3, 4], as: "a.mha")
    #expect(try ScanFile.read(at: path, frame: 1).volume.voxels == [3, 4])
    #expect(imagingError { try ScanFile.read(at: path) } == .frameNeeded(path: path, frames: 2))
  }

  @Test(arguments: ["/etc/passwd", "../v.raw", "a/../../v.raw", "a//v.raw", "..\\v.raw"])
  func aDataFileElsewhereIsRefused(name: String) throws {
    let path = try store(
      header + "ElementType = MET_UCHAR\nElementDataFile = \(name)\n", as: "a.mhd")
    #expect(
      imagingError { try ScanFile.read(at: path) }?.description
        == "\(path) holds the name '\(name)' of a data file that is not in its folder, which is not "
        + "supported. Put the data file beside the header and name it without a path.")
  }

  @Test func aDataFileThatIsNotThereIsMissing() throws {
    let path = try store(header + "ElementType = MET_UCHAR\nElementDataFile = v.raw\n", as: "a.mhd")
    #expect(imagingError { try ScanFile.read(at: path) } == .missingFile(path: folder["v.raw"]))
  }

  @Test func lyingHeadersAreRefusedBeforeMemoryIsTaken() throws {
    let short = try store(local("MET_UCHAR"), [1, 2, 3], as: "short.mha")
    #expect(
      imagingError { try ScanFile.open(short) }
        == .truncated(path: short, expected: 12, found: 3))
    let text = local("MET_UCHAR").replacingOccurrences(of: "3 2 2", with: "10000 10000 10000")
    let wide = try store(text, [1], as: "wide.mha")
    #expect(
      imagingError { try ScanFile.open(wide) }
        == .truncated(path: wide, expected: 1_000_000_000_000, found: 1))
    let nothing = try store(
      local("MET_UCHAR").replacingOccurrences(of: "3 2 2", with: "3 0 2"), as: "n.mha")
    #expect(
      imagingError { try ScanFile.open(nothing) }
        == .absurdSize(path: nothing, description: "it has 3 × 0 × 2 voxels"))
  }

  @Test(arguments: [
    ("ElementType = MET_UCHAR\n", "ElementType = MET_STRING\n", "voxels of type MET_STRING"),
    ("NDims", "ObjectType = Mesh\nNDims", "a MetaIO object of type Mesh"),
    ("0.5 0.75 2", "0.5 0 2", "axes whose voxels have no volume"),
  ])
  func whatIsNotReadIsNamed(old: String, new: String, found: String) throws {
    let text = local("MET_UCHAR").replacingOccurrences(of: old, with: new)
    let path = try store(text, Array(1...12), as: "a.mha")
    guard case .unsupported(_, found, _)? = imagingError({ try ScanFile.open(path) }) else {
      Issue.record("\(String(describing: imagingError { try ScanFile.open(path) }))")
      return
    }
  }

  @Test func everyByteMayBeWrong() throws {
    let whole = Array(local("MET_UCHAR").utf8) + Array(1...12)
    for position in whole.indices {
      for value in [0, 0x30, 0x39, 0x2D, 0x0A, 0xFF] as [UInt8] {
        var bytes = whole
        bytes[position] = value
        let path = try folder.store(bytes, as: "a.mha")
        do {
          _ = try ScanFile.read(at: path, frame: 0)
        } catch {
          #expect(!error.description.isEmpty)
        }
      }
    }
  }
}
