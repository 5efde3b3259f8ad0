import Foundation
import Imaging
import Testing

/// What is read was read from the same bytes by SimpleITK 2.5.7 (Tests/Reference/scan_check.py),
/// except frames, which SimpleITK takes for components.
struct NRRDTests {
  let folder: ScratchFolder

  init() throws {
    folder = try ScratchFolder()
  }

  private func header(
    type: String = "uchar", space: String = "left-posterior-superior", endian: String = "little",
    encoding: String = "raw", more: String = ""
  ) -> String {
    """
    NRRD0004
    # A comment: not a field.
    type: \(type)
    dimension: 3
    space: \(space)
    sizes: 3 2 2
    space directions: (0,0.5,0) (-0.75,0,0) (0,0,2)
    kinds: domain domain domain
    endian: \(endian)
    encoding: \(encoding)
    space origin: (1.5,-2,3)
    name:=Jane Doe: 12

    """ + (more.isEmpty ? "" : more + "\n")
  }

  private func store(_ text: String, _ voxels: [UInt8] = [], as name: String) throws -> String {
    try folder.store(Array(text.utf8) + voxels, as: name)
  }

  @Test(arguments: [
    ("left-posterior-superior", [[0, 0.75, 0, -1.5], [-0.5, 0, 0, 2], [0, 0, 2, 3]]),
    ("LPS", [[0, 0.75, 0, -1.5], [-0.5, 0, 0, 2], [0, 0, 2, 3]]),
    ("right-anterior-superior", [[0, -0.75, 0, 1.5], [0.5, 0, 0, -2], [0, 0, 2, 3]]),
    ("LAS", [[0, 0.75, 0, -1.5], [0.5, 0, 0, -2], [0, 0, 2, 3]]),
  ])
  func spacesAreToldApart(space: String, rows: [[Double]]) throws {
    let path = try store(header(space: space) + "\n", Array(1...12), as: "a.nrrd")
    let scan = try ScanFile.read(at: path)
    #expect(scan.volume.geometry.affine == rows + [[0, 0, 0, 1]])
    #expect(scan.volume.voxels == (1...12).map(Float.init))
  }

  @Test(arguments: [
    ("signed char", VoxelType.int8), ("uchar", .uint8), ("short", .int16),
    ("unsigned short int", .uint16), ("int", .int32), ("uint32_t", .uint32), ("long long", .int64),
    ("ulonglong", .uint64), ("float", .float32), ("double", .float64),
  ])
  func everyTypeIsReadInBothOrdersAndPackings(name: String, type: VoxelType) throws {
    for isSwapped in [false, true] {
      let voxels = NIfTIBytes(isSwapped: isSwapped).numbers(Array(1...12), type)
      for encoding in ["raw", "gzip"] {
        let text = header(type: name, endian: isSwapped ? "big" : "little", encoding: encoding)
        let path = try store(
          text + "\n", encoding == "raw" ? voxels : gzip(voxels), as: "a.nrrd")
        #expect(try ScanFile.open(path).type == type)
        #expect(try ScanFile.read(at: path).volume.voxels == (1...12).map(Float.init))
      }
    }
  }

  @Test func textAndDigitsAreRead() throws {
    let numbers = try store(
      header(encoding: "ascii") + "\n1 2 3 4 5 6\n7 8 9 10 11 12\n", as: "a.nrrd")
    let digits = try store(header(encoding: "hex") + "\n0102030405060708\n090a0B0c", as: "b.nrrd")
    for path in [numbers, digits] {
      #expect(try ScanFile.read(at: path).volume.voxels == (1...12).map(Float.init))
    }
  }

  @Test func voxelsMayBeInOtherFiles() throws {
    _ = try folder.store(Array("one\ntwo\n".utf8) + [0, 0] + Array(1...12), as: "v.raw")
    _ = try folder.store(Array(1...6), as: "s1.raw")
    _ = try folder.store(Array(7...12), as: "s2.raw")
    for more in [
      "data file: v.raw\nline skip: 2\nbyte skip: 2", "datafile: v.raw\nbyteskip: -1",
      "data file: s%d.raw 1 2 1", "data file: LIST\ns1.raw\ns2.raw",
    ] {
      let path = try store(header(more: more), as: "a.nhdr")
      #expect(try ScanFile.read(at: path).volume.voxels == (1...12).map(Float.init), "\(more)")
    }
  }

  @Test func spacingsAloneSayWhereTheVoxelsAre() throws {
    let text = "NRRD0001\ntype: uchar\ndimension: 2\nsizes: 3 2\nspacings: 0.5 2\nencoding: raw\n\n"
    let path = try store(text, Array(1...6), as: "a.nrrd")
    let geometry = try ScanFile.read(at: path).volume.geometry
    #expect(geometry.size == [3, 2, 1])
    #expect(geometry.spacing == [0.5, 2, 1])
  }

  @Test func anAxisThatIsNoDirectionCountsFramesWhereverItIs() throws {
    for (sizes, kinds, directions, voxels) in [
      ("2 3 1", "list domain domain", "none (1,0) (0,1)", [1, 4, 2, 5, 3, 6]),
      ("3 1 2", "domain domain list", "(1,0) (0,1) none", [1, 2, 3, 4, 5, 6]),
    ] as [(String, String, String, [UInt8])] {
      let text =
        "NRRD0004\ntype: uchar\ndimension: 3\nspace dimension: 2\nsizes: \(sizes)\n"
        + "kinds: \(kinds)\nspace directions: \(directions)\nencoding: raw\n\n"
      let path = try store(text, voxels, as: "a.nrrd")
      #expect(try ScanFile.read(at: path, frame: 0).volume.voxels == [1, 2, 3])
      #expect(try ScanFile.read(at: path, frame: 1).volume.voxels == [4, 5, 6])
    }
  }

  @Test func coloursBecomeTheirBrightness() throws {
    let text =
      "NRRD0004\ntype: uchar\ndimension: 3\nsizes: 3 2 1\nkinds: RGB-color domain domain\n"
      + "encoding: raw\n\n"
    let path = try store(text, [255, 0, 0, 9, 9, 9], as: "a.nrrd")
    #expect(try ScanFile.read(at: path).volume.voxels == [76.245, 9])
  }

  @Test(arguments: [
    ("encoding: raw", "encoding: bzip2", "voxels compressed with bzip2"),
    ("encoding: raw", "encoding: zrl", "the encoding 'zrl'"),
    ("type: uchar", "type: block", "voxels of type block"),
    ("domain domain domain", "vector domain domain", "an axis of kind vector"),
    ("(0,0,2)", "(0,1,0)", "axes whose voxels have no volume"),
    (
      "encoding: raw", "encoding: raw\ndata file: ../x.raw",
      "the name '../x.raw' of a data file that is not in its folder"
    ),
  ])
  func whatIsNotReadIsNamed(old: String, new: String, found: String) throws {
    let path = try store(
      header().replacingOccurrences(of: old, with: new) + "\n", Array(1...12), as: "a.nrrd")
    guard case .unsupported(_, found, _)? = imagingError({ try ScanFile.open(path) }) else {
      Issue.record("\(String(describing: imagingError { try ScanFile.open(path) }))")
      return
    }
  }

  @Test(arguments: [
    ("sizes: 3 2 2", "sizes: 3 2", "its sizes is '3 2' where 3 words are expected"),
    (
      "(0,0,2)", "(0,0,x)",
      "its space directions is '(0,0.5,0) (-0.75,0,0) (0,0,x)' where vectors like (1,0,0) are expected"
    ),
    (
      "encoding: raw", "encoding: raw\nbyte skip: -3",
      "its byte skip is '-3' where a whole number of at least -1 is expected"
    ),
  ])
  func fieldsThatMakeNoSenseAreQuoted(old: String, new: String, reason: String) throws {
    let path = try store(
      header().replacingOccurrences(of: old, with: new) + "\n", Array(1...12), as: "a.nrrd")
    #expect(imagingError { try ScanFile.open(path) } == .unreadable(path: path, reason: reason))
  }

  @Test func everyByteMayBeWrong() throws {
    let whole = Array((header() + "\n").utf8) + Array(1...12)
    for position in whole.indices {
      for value in [0, 0x30, 0x39, 0x2D, 0x0A, 0xFF] as [UInt8] {
        var bytes = whole
        bytes[position] = value
        let path = try folder.store(bytes, as: "a.nrrd")
        do {
          _ = try ScanFile.read(at: path, frame: 0)
        } catch {
          #expect(!error.description.isEmpty)
        }
      }
    }
  }
}
