import TestSupport
import Testing

@testable import Imaging

struct DICOMPixelsTests {
  /// One picture of 2 × 2 pixels.
  private func picture(
    _ photometric: String = "MONOCHROME2", samples: Int = 1, bits: Int = 8, stored: Int? = nil,
    high: Int? = nil, isSigned: Bool = false, isPlanar: Bool = false,
    syntax: DICOMBytes.Syntax = .explicit, pixels: [UInt8]
  ) throws -> [Float] {
    let folder = try ScratchFolder()
    var bytes = DICOMBytes(syntax)
    bytes.text(0x0008_0060, "CS", "OT")
    bytes.shorts(0x0028_0002, [samples])
    bytes.text(0x0028_0004, "CS", photometric)
    if isPlanar { bytes.shorts(0x0028_0006, [1]) }
    bytes.shorts(0x0028_0010, [2])
    bytes.shorts(0x0028_0011, [2])
    bytes.shorts(0x0028_0100, [bits])
    bytes.shorts(0x0028_0101, [stored ?? bits])
    bytes.shorts(0x0028_0102, [high ?? (stored ?? bits) - 1])
    bytes.shorts(0x0028_0103, [isSigned ? 1 : 0])
    if photometric == "PALETTE COLOR" {
      for tag: UInt32 in [0x0028_1101, 0x0028_1102, 0x0028_1103] {
        bytes.shorts(tag, [4, 1, 8])
      }
      bytes.raw(0x0028_1201, "OW", [10, 20, 30, 40])
      bytes.raw(0x0028_1202, "OW", [10, 20, 30, 80])
      bytes.raw(0x0028_1203, "OW", [10, 20, 30, 40])
    }
    bytes.raw(0x7FE0_0010, "OW", pixels)
    return try ScanFile.read(at: folder.store(bytes.file(), as: "a.dcm")).volume.voxels
  }

  @Test func unsignedAndSignedBytes() throws {
    #expect(try picture(pixels: [0, 1, 254, 255]) == [0, 1, 254, 255])
    #expect(try picture(isSigned: true, pixels: [0, 1, 254, 255]) == [0, 1, -2, -1])
  }

  @Test func bitsOutsideOfTheStoredOnesDoNotCount() throws {
    // 12 of 16 bits, the upper four being an overlay: 0xF801 is -2047 with its sign, 0x7FF is 2047.
    let pixels: [UInt8] = [0x01, 0xF8, 0xFF, 0x07, 0, 0, 0xFF, 0x0F]
    #expect(
      try picture(bits: 16, stored: 12, isSigned: true, pixels: pixels) == [-2047, 2047, 0, -1])
    #expect(try picture(bits: 16, stored: 12, pixels: pixels) == [2049, 2047, 0, 4095])
    // The same twelve bits, four places higher.
    let shifted: [UInt8] = [0x1F, 0x80, 0xF0, 0x7F, 0, 0, 0xF0, 0xFF]
    #expect(
      try picture(bits: 16, stored: 12, high: 15, isSigned: true, pixels: shifted)
        == [-2047, 2047, 0, -1])
  }

  @Test func thirtyTwoBitsInBothOrders() throws {
    let little: [UInt8] = [1, 2, 3, 0, 255, 255, 255, 255, 0, 0, 0, 0, 7, 0, 0, 0]
    let big: [UInt8] = [0, 3, 2, 1, 255, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0, 7]
    let expected: [Float] = [197121, -1, 0, 7]
    #expect(try picture(bits: 32, isSigned: true, pixels: little) == expected)
    #expect(try picture(bits: 32, isSigned: true, syntax: .bigEndian, pixels: big) == expected)
  }

  @Test func twelveBitsArePackedLowestFirst() throws {
    // 0x321, 0x654, 0x987, 0xCBA.
    #expect(
      try picture(bits: 12, pixels: [0x21, 0x43, 0x65, 0x87, 0xA9, 0xCB])
        == [0x321, 0x654, 0x987, 0xCBA])
  }

  @Test func theFirstMonochromeIsTurnedRound() throws {
    #expect(try picture("MONOCHROME1", pixels: [0, 1, 254, 255]) == [255, 254, 1, 0])
    #expect(
      try picture("MONOCHROME1", isSigned: true, pixels: [0, 1, 254, 255]) == [-1, -2, 1, 0])
  }

  @Test func coloursBecomeTheirBrightness() throws {
    let pixels: [UInt8] = [255, 0, 0, 0, 255, 0, 0, 0, 255, 50, 50, 50]
    let expected: [Float] = [76.245, 149.685, 29.07, 50]
    #expect(try picture("RGB", samples: 3, pixels: pixels) == expected)
    let planar: [UInt8] = [255, 0, 0, 50, 0, 255, 0, 50, 0, 0, 255, 50]
    #expect(try picture("RGB", samples: 3, isPlanar: true, pixels: planar) == expected)
  }

  @Test func brightnessIsThatOfWhatAScreenShows() throws {
    // Grey keeps its luminance. A red beyond what can be shown is 255, and loses some.
    let pixels: [UInt8] = [90, 128, 128, 200, 128, 255, 16, 128, 128, 0, 128, 128]
    let red = 0.299 * 255 + 0.587 * 109 + 0.114 * 200
    let found = try picture("YBR_FULL", samples: 3, pixels: pixels)
    expectClose(found, [90, Float(red), 16, 0], within: 1e-4)
    // Two pixels share their colour: Y1 Y2 Cb Cr.
    #expect(
      try picture("YBR_FULL_422", samples: 3, pixels: [90, 91, 128, 128, 3, 4, 128, 128])
        == [90, 91, 3, 4])
  }

  @Test func indicesBecomeTheBrightnessOfTheirColours() throws {
    // The first entry is that of index 1; indices beyond the table have that of its ends.
    #expect(try picture("PALETTE COLOR", pixels: [0, 2, 4, 9]) == [10, 20, 63.48, 63.48])
  }
}
