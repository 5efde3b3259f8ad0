import Foundation
import TestSupport
import Testing

@testable import Imaging

/// Files that are not what they claim: each gets a sentence of its own.
struct HostileDICOMTests {
  /// What reading a file of these bytes says; `FILE` stands for its path.
  private func sentence(_ bytes: [UInt8]) throws -> String? {
    let folder = try ScratchFolder()
    let path = try folder.store(bytes, as: "a.dcm")
    let error = imagingError {
      let reader = try ScanFile.open(path)
      return try reader.read(frame: reader.choose(nil))
    }
    return error?.description.replacingOccurrences(of: path, with: "FILE")
  }

  /// A sound slice with `change` made to it.
  private func slice(
    syntax: DICOMBytes.Syntax = .explicit, transferSyntax: String? = nil,
    pixels: (inout DICOMBytes) -> Void = { $0.pixels(DICOMSlices().pixels(0)) }
  ) -> [UInt8] {
    var slices = DICOMSlices()
    slices.syntax = syntax
    var bytes = slices.slice(0)
    pixels(&bytes)
    return bytes.file(transferSyntax: transferSyntax)
  }

  @Test func soundBytesAreRead() throws {
    #expect(try sentence(slice()) == nil)
  }

  @Test func everyCutIsRefused() throws {
    let whole = slice()
    for count in stride(from: 0, to: whole.count, by: 7) {
      #expect(try sentence(Array(whole.prefix(count))) != nil, "\(count) of \(whole.count) bytes")
    }
  }

  @Test func aCutInThePixelsSaysHowManyAreThere() throws {
    #expect(
      try sentence(slice().dropLast(5)) == """
        FILE ends too early: its header promises 24 bytes of voxels, and 19 are there. Get the file \
        again from its source.
        """)
  }

  @Test func aLyingLengthSaysWhatIsLeft() throws {
    let bytes = slice { $0.raw(0x0028_2000, "OB", [1, 2], claiming: 1_000_000_000) }
    #expect(
      try sentence(bytes) == """
        FILE cannot be read: the attribute (0028,2000) claims 1000000000 bytes, and 2 are left. \
        Check the file, or get it again from its source.
        """)
  }

  @Test func sequencesAThousandDeepAreRefused() throws {
    var inner = DICOMBytes()
    inner.text(0x0008_0060, "CS", "MR")
    for _ in 0..<1000 {
      var outer = DICOMBytes()
      outer.sequence(0x0008_1115, [inner], isOpen: true)
      inner = outer
    }
    #expect(
      try sentence(inner.file()) == """
        FILE cannot be read: its sequences are nested more than 32 deep. Check the file, or get it \
        again from its source.
        """)
  }

  @Test func aSequenceThatDoesNotEndIsRefused() throws {
    let bytes = slice { $0.raw(0x0040_0275, "SQ", [], claiming: 0xFFFF_FFFF) }
    #expect(
      try sentence(bytes) == """
        FILE cannot be read: it ends inside the sequence (0040,0275). Check the file, or get it \
        again from its source.
        """)
  }

  @Test func moreFramesThanTheFileHasRoomForAreRefused() throws {
    var bytes = DICOMBytes()
    bytes.text(0x0008_0060, "CS", "US")
    bytes.text(0x0028_0008, "IS", "2000000000")
    bytes.shorts(0x0028_0010, [65535])
    bytes.shorts(0x0028_0011, [65535])
    bytes.shorts(0x0028_0100, [16])
    bytes.pixels([1, 2, 3])
    #expect(
      try sentence(bytes.file()) == """
        FILE ends too early: its header promises \(Int.max) bytes of voxels, and 6 are there. Get \
        the file again from its source.
        """)
  }

  @Test func compressedPicturesThatCannotBeThatLargeAreRefused() throws {
    var bytes = DICOMBytes()
    bytes.text(0x0008_0060, "CS", "US")
    bytes.shorts(0x0028_0010, [65535])
    bytes.shorts(0x0028_0011, [65535])
    bytes.decimals(0x0028_0030, [0.1, 0.1])
    bytes.shorts(0x0028_0100, [16])
    bytes.raw(
      0x7FE0_0010, "OB", fragment([]) + fragment([UInt8](repeating: 0, count: 64)) + end,
      claiming: 0xFFFF_FFFF)
    #expect(
      try sentence(bytes.file(transferSyntax: "1.2.840.10008.1.2.4.90"))?.hasPrefix(
        "The header of FILE cannot be true: 8589672450 bytes of pixels are claimed in ") == true)
  }

  @Test func aWrongTransferSyntaxIsSaid() throws {
    #expect(
      try sentence(slice(transferSyntax: "1.2.840.10008.1.2")) == """
        FILE cannot be read: its transfer syntax promises attributes without types, and the first \
        has one. Check the file, or get it again from its source.
        """)
    #expect(
      try sentence(slice(syntax: .implicit, transferSyntax: "1.2.840.10008.1.2.1"))?.contains(
        "has no type, although the transfer syntax promises one") == true)
    #expect(
      try sentence(slice(transferSyntax: "1.2.840.10008.1.2.4.70")) == """
        FILE cannot be read: its transfer syntax promises compressed pixels, and they are not. Check \
        the file, or get it again from its source.
        """)
    #expect(
      try sentence(slice(transferSyntax: "1.2.840.10008.1.2.4.102")) == """
        FILE holds MPEG-4 video, which is not supported. Convert it to an uncompressed transfer \
        syntax, with gdcmconv --raw for instance.
        """)
  }

  @Test func aDamagedPictureSaysWhichAndWhy() throws {
    let bytes = slice(transferSyntax: "1.2.840.10008.1.2.4.70") {
      $0.raw(
        0x7FE0_0010, "OB",
        self.fragment([]) + self.fragment([0xFF, 0xD8, 0xFF, 0xC3, 0, 200]) + self.end,
        claiming: 0xFFFF_FFFF)
    }
    #expect(
      try sentence(bytes) == """
        FILE cannot be read: picture 1 of 1 is damaged: one of its headers claims 198 bytes, and 0 \
        are left. Check the file, or get it again from its source.
        """)
  }

  @Test func numbersThatAreNoneAreSaid() throws {
    var slices = DICOMSlices()
    slices.spacing = [0, 1.5]
    var bytes = slices.slice(0)
    bytes.pixels(slices.pixels(0))
    #expect(
      try sentence(bytes.file()) == #"""
        FILE cannot be read: its Pixel Spacing is "0.0\1.5", which is not two lengths. Check the \#
        file, or get it again from its source.
        """#)
  }

  private func fragment(_ bytes: [UInt8]) -> [UInt8] {
    [0xFE, 0xFF, 0x00, 0xE0] + (0..<4).map { UInt8(truncatingIfNeeded: bytes.count >> (8 * $0)) }
      + bytes
  }

  private let end: [UInt8] = [0xFE, 0xFF, 0xDD, 0xE0, 0, 0, 0, 0]
}
