import Foundation

/// A DICOM file whose attributes have been read, and whose pixels have not.
struct DICOMFile {
  /// What is read of a file before it is known whether more is needed; most headers fit.
  private static let firstRead = 1 << 18

  let path: String

  /// How many bytes the file has.
  let byteCount: Int

  /// How the file is written.
  let encoding: DICOMEncoding

  /// The attributes before the pixels.
  let dataset: DICOMDataset

  /// Where the pixels are, counted in the bytes that ``contents()`` returns.
  let pixels: DICOMParser.PixelElement?

  /// Reads the attributes of the file at `path`.
  ///
  /// - Throws: ``ImagingError``; ``ImagingError/unsupported(path:found:advice:)`` with
  ///   ``notDICOM`` for a file of another kind.
  init(at path: String) throws(ImagingError) {
    let facts = try FileFacts.of(path)
    let start = try Self.bytes(of: path, atMost: Self.firstRead)
    guard start.count < facts.byteCount else {
      try self.init(path: path, byteCount: facts.byteCount, bytes: start, isWhole: true)
      return
    }
    let isSigned = Self.isSigned(start)
    do throws(ImagingError) {
      try self.init(path: path, byteCount: facts.byteCount, bytes: start, isWhole: false)
    } catch {
      // The header is longer than what was read; a file of another kind is not read to its end.
      guard isSigned else { throw error }
      let bytes = try Self.bytes(of: path, atMost: .max)
      try self.init(path: path, byteCount: facts.byteCount, bytes: bytes, isWhole: true)
    }
  }

  private init(path: String, byteCount: Int, bytes: [UInt8], isWhole: Bool) throws(ImagingError) {
    self.path = path
    self.byteCount = byteCount
    let contents = try Contents(bytes, path: path)
    encoding = contents.encoding
    if contents.encoding.isDeflated, !isWhole { throw Self.incomplete(path) }
    var parser = DICOMParser(contents.bytes, from: contents.start, path: path)
    do throws(ImagingError) {
      dataset = try parser.readAll(contents.encoding)
    } catch {
      throw contents.isSigned ? error : Self.foreign(path)
    }
    guard isWhole || parser.pixels != nil else { throw Self.incomplete(path) }
    pixels = parser.pixels
    guard contents.isSigned || dataset.text(.sopClassUID) != nil || dataset.text(.modality) != nil
    else { throw Self.foreign(path) }
  }

  /// The bytes that ``pixels`` counts in: those of the file, inflated where they are deflated.
  func contents() throws(ImagingError) -> [UInt8] {
    try Contents(Self.bytes(of: path, atMost: .max), path: path).bytes
  }

  /// What the error of a file of another kind says it holds.
  static let notDICOM = "something other than DICOM"

  static func foreign(_ path: String) -> ImagingError {
    .unsupported(path: path, found: notDICOM, advice: "Choose DICOM files.")
  }

  /// The bytes of a file in which its mark is.
  static func start(of path: String) throws(ImagingError) -> [UInt8] {
    try bytes(of: path, atMost: 132)
  }

  /// Whether bytes have the mark of DICOM where it belongs.
  static func isSigned(_ bytes: [UInt8]) -> Bool {
    bytes.count >= 132 && bytes[128..<132].elementsEqual("DICM".utf8)
  }

  private static func incomplete(_ path: String) -> ImagingError {
    .unreadable(path: path, reason: "its header is longer than what was read")
  }

  /// The first bytes of a file.
  private static func bytes(of path: String, atMost limit: Int) throws(ImagingError) -> [UInt8] {
    let size = min(limit, try FileFacts.of(path).byteCount)
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw .unreadable(path: path, reason: systemReason(errno))
    }
    do {
      return try [UInt8](file.read(upToCount: size) ?? Data())
    } catch {
      throw .unreadable(path: path, reason: ImagingError.reason(of: error))
    }
  }
}

/// The bytes of a file after its own header, and how they are written.
private struct Contents {
  let bytes: [UInt8]

  /// Where the attributes begin.
  let start: Int

  let encoding: DICOMEncoding

  /// Whether the file has DICOM's mark; one without it is DICOM only if it reads like it.
  let isSigned: Bool

  init(_ bytes: [UInt8], path: String) throws(ImagingError) {
    isSigned = DICOMFile.isSigned(bytes)
    let beginning = isSigned ? 132 : 0
    guard isSigned || Self.couldBeUnsigned(bytes) else { throw DICOMFile.foreign(path) }
    var parser = DICOMParser(bytes, from: beginning, path: path)
    let header: DICOMDataset
    do throws(ImagingError) {
      header = try parser.readAll(.header, isHeader: true)
    } catch {
      throw isSigned ? error : DICOMFile.foreign(path)
    }
    let end = parser.offset
    guard let syntax = header.text(.transferSyntaxUID) else {
      // Without a header of its own, a file is written in DICOM's default; older ones say types.
      let saysTypes = bytes.count > end + 6 && Self.isType(bytes[(end + 4)..<(end + 6)])
      let found = DICOMEncoding(transferSyntax: saysTypes ? explicitSyntax : implicitSyntax)
      (self.bytes, start, encoding) = (bytes, end, found ?? .header)
      return
    }
    guard let found = DICOMEncoding(transferSyntax: syntax) else {
      throw .unsupported(
        path: path, found: DICOMEncoding.name(ofUnread: syntax),
        advice: "Convert it to an uncompressed transfer syntax, with gdcmconv --raw for instance.")
    }
    encoding = found
    if found.isDeflated {
      (self.bytes, start) = (try DeflatedDICOM.inflate(bytes, from: end, path: path), 0)
    } else {
      (self.bytes, start) = (bytes, end)
    }
    if !found.isExplicit, self.bytes.count > start + 6,
      Self.isType(self.bytes[(start + 4)..<(start + 6)])
    {
      throw .unreadable(
        path: path,
        reason: "its transfer syntax promises attributes without types, and the first has one")
    }
  }

  /// Whether a file without the mark begins as one may: in group 2 or 8, with a small length.
  private static func couldBeUnsigned(_ bytes: [UInt8]) -> Bool {
    bytes.count > 16 && (bytes[0] == 2 || bytes[0] == 8) && bytes[1] == 0 && bytes[3] <= 0x12
  }

  private static func isType(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
  }
}

private let implicitSyntax = "1.2.840.10008.1.2"
private let explicitSyntax = "1.2.840.10008.1.2.1"
