import Foundation
import Testing

@testable import Imaging

struct PNGTests {
  let folder: ScratchFolder

  init() throws {
    folder = try ScratchFolder()
  }

  @Test(arguments: [1, 3], [255, 65535] as [UInt16])
  func aPictureComesBack(channels: Int, maximum: UInt16) throws {
    let pixels = (0..<(5 * 4 * channels)).map { UInt16($0 * 7919 % Int(maximum) + 1) }
    let image = PNGImage(width: 5, height: 4, channels: channels, pixels: pixels, maximum: maximum)
    try PNG.write(image, to: folder["a.png"])
    #expect(try PNG.read(at: folder["a.png"]) == image)
    #expect(try folder.names() == ["a.png"])
  }

  /// Pictures of one row, put together chunk by chunk.
  @Test(arguments: [
    // One bit: black, white, black, white.
    (
      "iVBORw0KGgoAAAANSUhEUgAAAAQAAAABAQAAAADRRzJgAAAACklEQVR42mMIAAAAUgBRWqmjOgAAAABJRU5ErkJggg==",
      [0, 255, 0, 255]
    ),
    // Two bits: 0, 1, 2, 3.
    (
      "iVBORw0KGgoAAAANSUhEUgAAAAQAAAABAgAAAACW50iwAAAACklEQVR42mOQBgAAHQAcI3yPrAAAAABJRU5ErkJggg==",
      [0, 85, 170, 255]
    ),
    // A palette, entries 1 and 0.
    (
      "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAMAAADD/I+4AAAABlBMVEUKFB4oMjzVG7TpAAAAC0lEQVR42mNgZAAAAAUA"
        + "AkLCRJ8AAAAASUVORK5CYII=", [40, 50, 60, 10, 20, 30]
    ),
    // The same with transparent entries.
    (
      "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAMAAADD/I+4AAAABlBMVEUKFB4oMjzVG7TpAAAAAnRSTlMAgJsrThgAAAAL"
        + "SURBVHjaY2BkAAAABQACQsJEnwAAAABJRU5ErkJggg==", [40, 50, 60, 10, 20, 30]
    ),
    // Grey with alpha.
    (
      "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAQAAABeK7cBAAAADUlEQVR42mNgb+BkAAABswCRiwVPywAAAABJRU5ErkJg"
        + "gg==", [7, 9]
    ),
    // Sixteen bits of red, green, blue and alpha.
    (
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABEAYAAABPhRjKAAAAEUlEQVR42mNgfsF+4f9/BmYAEa8DxL8ZsgcAAAAASUVO"
        + "RK5CYII=", [1000, 2000, 65535]
    ),
  ])
  func everyKindIsExpandedToGreyOrColours(base64: String, pixels: [UInt16]) throws {
    let data = try #require(Data(base64Encoded: base64))
    let path = try folder.store([UInt8](data), as: "a.png")
    #expect(try PNG.read(at: path).pixels == pixels)
  }

  @Test func theLabelsOfAPaletteAreItsIndices() throws {
    let base64 =
      "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAMAAADD/I+4AAAABlBMVEUKFB4oMjzVG7TpAAAAC0lEQVR42mNgZAAAAAUA"
      + "AkLCRJ8AAAAASUVORK5CYII="
    let path = try folder.store([UInt8](#require(Data(base64Encoded: base64))), as: "a.png")
    let labels = try PNG.readLabels(at: path)
    #expect(labels.pixels == [1, 0])
    #expect(labels.channels == 1)
  }

  @Test func lumaIsTheBrightness() {
    let image = PNGImage(
      width: 4, height: 1, channels: 3, pixels: [255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9])
    #expect(image.luma == [76.245, 149.685, 29.07, 9])
    #expect(!image.isGrey)
    #expect(PNGImage(width: 1, height: 1, channels: 3, pixels: [7, 7, 7]).isGrey)
  }

  @Test func whatIsNotPNGIsRefused() throws {
    let path = try folder.store([1, 2, 3], as: "a.png")
    #expect(
      imagingError { try PNG.read(at: path) }
        == .unsupported(
          path: path, found: "something that does not begin as PNG does",
          advice: "Check the file, or convert it to PNG."))
    #expect(
      imagingError { try PNG.read(at: folder["none.png"]) }
        == .missingFile(path: folder["none.png"]))
  }

  @Test func aPictureThatEndsEarlyIsRefusedWherever() throws {
    let pixels = (0..<300).map { UInt16($0 * 31 % 256) }
    let image = PNGImage(width: 20, height: 15, channels: 1, pixels: pixels)
    try PNG.write(image, to: folder["a.png"])
    let whole = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder["a.png"])))
    for length in [9, 20, 40, 60, whole.count / 2, whole.count - 13] {
      let path = try folder.store(Array(whole.prefix(length)), as: "cut.png")
      #expect(
        imagingError { try PNG.read(at: path) }
          == .unreadable(path: path, reason: "the picture ends too early"))
    }
  }

  @Test func everyByteMayBeWrong() throws {
    let image = PNGImage(width: 3, height: 2, channels: 3, pixels: Array(1...18))
    try PNG.write(image, to: folder["a.png"])
    let whole = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder["a.png"])))
    for position in whole.indices {
      var bytes = whole
      bytes[position] ^= 0x41
      let path = try folder.store(bytes, as: "wrong.png")
      do {
        _ = try PNG.read(at: path)
      } catch {
        #expect(!error.description.isEmpty)
      }
    }
  }

  @Test func aSizeThatTheFileCannotHoldIsRefused() throws {
    let bytes = pngHeader(width: 60000, height: 60000)
    let path = try folder.store(bytes, as: "a.png")
    #expect(
      imagingError { try PNG.read(at: path) }
        == .absurdSize(
          path: path,
          description: "60000 × 60000 pixels do not fit in a file of \(bytes.count) bytes"))
  }

  /// Skipped where the system has no device that is always full.
  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func aFullDiskIsNoticed() {
    let image = PNGImage(width: 3, height: 2, channels: 1, pixels: Array(1...6))
    #expect(
      imagingError { try PNG.store(image, at: "/dev/full", reportedPath: "a.png") }
        == .writeFailed(path: "a.png", reason: "No space left on device"))
  }

  /// A picture's signature, its first chunk, and the start of its pixels.
  private func pngHeader(width: UInt32, height: UInt32) -> [UInt8] {
    let bigEndian = { (number: UInt32) in withUnsafeBytes(of: number.bigEndian) { Array($0) } }
    let content = Array("IHDR".utf8) + bigEndian(width) + bigEndian(height) + [8, 0, 0, 0, 0]
    // gzip ends with the checksum that a chunk ends with, in the other order.
    let checksum = gzip(content).suffix(8).prefix(4).reversed()
    let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    return signature + bigEndian(13) + content + checksum + bigEndian(10) + Array("IDAT".utf8)
  }
}
