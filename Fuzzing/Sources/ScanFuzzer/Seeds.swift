import Foundation
import Imaging

/// Small valid files of every format, for the fuzzer to start from.
enum Seeds {
  private static let grid = Geometry(size: [3, 2, 2], spacing: [1, 2, 3], origin: [4, 5, 6])

  /// Writes the files of a reader.
  static func write(for reader: String, to folder: String) throws {
    switch reader {
    case "MetaImage": try writeMetaImage(to: folder)
    case "NRRD": try writeNRRD(to: folder)
    case "PNG": try writePNG(to: folder)
    case "DICOM": try writeDICOM(to: folder)
    default: try writeNIfTI(to: folder, ending: reader == "gzip" ? "nii.gz" : "nii")
    }
  }

  private static func writeNIfTI(to folder: String, ending: String) throws {
    let volumes: [(String, StoredVolume)] = [
      ("uint8", .init(geometry: grid, numbers: (0..<12).map(UInt8.init))),
      ("int8", .init(geometry: grid, numbers: (0..<12).map(Int8.init))),
      ("uint16", .init(geometry: grid, numbers: (0..<12).map(UInt16.init))),
      ("int16", .init(geometry: grid, numbers: (0..<12).map(Int16.init), slope: 2, intercept: 1)),
      ("uint32", .init(geometry: grid, numbers: (0..<12).map(UInt32.init))),
      ("int32", .init(geometry: grid, numbers: (0..<12).map(Int32.init))),
      ("uint64", .init(geometry: grid, numbers: (0..<12).map(UInt64.init))),
      ("int64", .init(geometry: grid, numbers: (0..<12).map(Int64.init))),
      ("float32", .init(geometry: grid, numbers: (0..<12).map(Float.init))),
      ("float64", .init(geometry: grid, numbers: (0..<12).map(Double.init))),
    ]
    for (name, volume) in volumes {
      try NIfTI.write(volume, to: "\(folder)/\(name).\(ending)")
    }
    let long = Geometry(size: [40000, 1, 1], spacing: [0.1, 1, 1])
    try NIfTI.write(LabelMap(geometry: long, filledWith: 2), to: "\(folder)/second.\(ending)")
    guard ending == "nii.gz" else { return }
    // Two members, and something behind them.
    let bytes = try Data(contentsOf: URL(fileURLWithPath: folder + "/uint8.nii.gz"))
    try (bytes + bytes + [1, 2, 3]).write(to: URL(fileURLWithPath: folder + "/members.nii.gz"))
  }

  private static func writeMetaImage(to folder: String) throws {
    let header =
      "ObjectType = Image\nNDims = 3\nBinaryData = True\nBinaryDataByteOrderMSB = False\n"
      + "TransformMatrix = 1 0 0 0 1 0 0 0 1\nOffset = 1 2 3\nElementSpacing = 1 2 3\n"
    let kinds = [
      ("uchar", "DimSize = 3 2 2\nElementType = MET_UCHAR\n", 12),
      ("double", "DimSize = 3 2 2\nElementType = MET_DOUBLE\n", 96),
      ("rgb", "DimSize = 2 2 1\nElementNumberOfChannels = 3\nElementType = MET_UCHAR\n", 12),
      ("big", "DimSize = 3 2 1\nElementByteOrderMSB = True\nElementType = MET_SHORT\n", 12),
      ("packed", "DimSize = 3 2 2\nCompressedData = True\nElementType = MET_UCHAR\n", 12),
      ("size", "DimSize = 3 2 2\nHeaderSize = -1\nElementType = MET_UCHAR\n", 12),
    ]
    for (name, more, count) in kinds {
      let text = header + more + "ElementDataFile = LOCAL\n"
      let voxels = name == "packed" ? packed : (0..<count).map(UInt8.init)
      try store(Array(text.utf8) + voxels, "\(folder)/\(name).mha")
    }
    let text =
      header.replacingOccurrences(of: "BinaryData = True", with: "BinaryData = False")
      + "DimSize = 3 2 1\nElementType = MET_FLOAT\nElementDataFile = LOCAL\n1 2.5 -3e2 4 nan 6\n"
    try store(Array(text.utf8), folder + "/text.mha")
    for name in ["LIST\na.mha\na.mha", "a%02d.mha 1 2 1", "a.mha", "../a.mha"] {
      let text = header + "DimSize = 3 2 2\nElementType = MET_UCHAR\nElementDataFile = \(name)\n"
      try store(
        Array(text.utf8), "\(folder)/\(name.prefix(4).filter(\.isLetter))-\(name.count).mha")
    }
  }

  private static func writeNRRD(to folder: String) throws {
    let kinds = [
      (
        "raw",
        "space: LPS\nspace directions: (1,0,0) (0,2,0) (0,0,3)\nspace origin: (1,2,3)\n"
          + "kinds: domain domain domain\nencoding: raw\n", 12
      ),
      (
        "ras",
        "space: right-anterior-superior\nspace directions: (1,0,0) (0,2,0) (0,0,3)\n"
          + "encoding: gzip\n", 0
      ),
      (
        "spacings", "spacings: 1 2 3\naxis mins: 1 2 3\ncenters: node cell ???\nencoding: raw\n", 12
      ),
      (
        "list", "kinds: list domain domain\nspace directions: none (1,0) (0,1)\nencoding: raw\n", 12
      ),
      ("rgb", "kinds: RGB-color domain domain\nencoding: raw\n", 12),
      ("skips", "line skip: 1\nbyte skip: 2\nencoding: raw\n", 32),
      ("end", "byte skip: -1\nencoding: raw\n", 12),
      ("files", "data file: LIST\na.nrrd\na.nrrd\nencoding: raw\n", 12),
      ("pattern", "data file: a%03d.nrrd 1 2 1\nencoding: raw\n", 12),
    ]
    for (name, more, count) in kinds {
      let text = "NRRD0004\ntype: uchar\ndimension: 3\nsizes: 3 2 2\nendian: little\n\(more)\n"
      let voxels = count == 0 ? packed : (0..<count).map(UInt8.init)
      try store(Array(text.utf8) + voxels, "\(folder)/\(name).nrrd")
    }
    for (name, type, text) in [
      ("ascii", "short", "1 2 3 4 5 6, 7 8 9 10 11 12"),
      ("hex", "uchar", "000102030405060708090a0b"),
    ] {
      let header = "NRRD0004\ntype: \(type)\ndimension: 3\nsizes: 3 2 2\nencoding: \(name)\n\n"
      try store(Array((header + text).utf8), "\(folder)/\(name).nrrd")
    }
  }

  private static func writePNG(to folder: String) throws {
    for channels in [1, 3] {
      for maximum in [255, 65535] as [UInt16] {
        let image = PNGImage(
          width: 4, height: 3, channels: channels,
          pixels: (0..<12 * channels).map(UInt16.init), maximum: maximum)
        try PNG.write(image, to: "\(folder)/\(channels)-\(maximum).png")
      }
    }
  }

  /// A picture without compression, and the small ones of the real scans beside the project.
  private static func writeDICOM(to folder: String) throws {
    let attributes: [(UInt16, UInt16, String, [UInt8])] = [
      (0x0002, 0x0010, "UI", Array("1.2.840.10008.1.2.1\0".utf8)),
      (0x0008, 0x0060, "CS", Array("MR".utf8)), (0x0028, 0x0002, "US", [1, 0]),
      (0x0028, 0x0004, "CS", Array("MONOCHROME2 ".utf8)), (0x0028, 0x0010, "US", [2, 0]),
      (0x0028, 0x0011, "US", [3, 0]), (0x0028, 0x0100, "US", [8, 0]),
    ]
    let header = attributes.flatMap { group, element, type, value in
      [group, element].flatMap(bytes) + Array(type.utf8) + bytes(UInt16(value.count)) + value
    }
    let pixels: [UInt8] = [0xE0, 0x7F, 0x10, 0, 0x4F, 0x42, 0, 0, 6, 0, 0, 0, 1, 2, 3, 4, 5, 6]
    let start = [UInt8](repeating: 0, count: 128) + Array("DICM".utf8)
    try store(start + header + pixels, folder + "/plain.dcm")
    let real = "../shared/data/dicom"
    let names = FileManager.default.enumerator(atPath: real)?.compactMap { $0 as? String } ?? []
    for name in names.sorted() where name.hasSuffix(".dcm") {
      let data = try Data(contentsOf: URL(fileURLWithPath: real + "/" + name))
      guard data.count < 1 << 16 else { continue }
      try data.write(
        to: URL(fileURLWithPath: folder + "/" + name.replacingOccurrences(of: "/", with: "-")))
    }
  }

  private static func bytes(_ number: UInt16) -> [UInt8] {
    [UInt8(truncatingIfNeeded: number), UInt8(truncatingIfNeeded: number >> 8)]
  }

  /// Twelve voxels as gzip, stored as they are.
  private static let packed: [UInt8] =
    [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255, 1, 12, 0, 0xF3, 0xFF] + Array(0..<12)
    + [0x65, 0xC9, 0x70, 0x92, 12, 0, 0, 0]

  private static func store(_ bytes: [UInt8], _ path: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path))
  }
}
