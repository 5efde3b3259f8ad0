import Testing

@testable import Imaging

/// Codestreams made by hand, down to their last byte.
struct CodestreamTests {
  private func jpeg(_ bytes: [UInt8], isLS: Bool = false) -> String {
    do throws(Codestream.Fault) {
      let (stream, _) = try JPEGCodestream.check(bytes, isLS: isLS)
      return "\(stream.columns) × \(stream.rows) × \(stream.samples), \(stream.precision) bits"
    } catch {
      return error.reason
    }
  }

  /// A lossless frame header of 7 × 5 grey pixels, a scan header, and two bytes of data.
  private let lossless: [UInt8] = [
    0xFF, 0xD8, 0xFF, 0xC3, 0, 11, 12, 0, 5, 0, 7, 1, 1, 0x11, 0, 0xFF, 0xDA, 0, 8, 1, 1, 0, 1, 0,
    0,
    0x12, 0x34, 0xFF, 0xD9,
  ]

  @Test func aFrameHeaderTellsTheShape() {
    #expect(jpeg(lossless) == "7 × 5 × 1, 12 bits")
  }

  @Test func everyCutBeforeThePixelsIsRefused() {
    for count in 0..<23 { #expect(!jpeg(Array(lossless.prefix(count))).contains("bits")) }
  }

  @Test func aMissingEndIsAdded() throws {
    let (_, bytes) = try JPEGCodestream.check(lossless.dropLast(2), isLS: false)
    #expect(bytes == lossless)
  }

  @Test func contradictionsAreNamed() {
    var twice = lossless
    twice.insert(contentsOf: lossless[2..<15], at: 2)
    #expect(jpeg(twice) == "it has two frame headers")
    var arithmetic = lossless
    arithmetic[3] = 0xC9
    #expect(jpeg(arithmetic) == "its kind of JPEG (frame marker 9) is not read")
    var sampling = lossless
    sampling[13] = 0xF1
    #expect(jpeg(sampling) == "its colours are sampled 15 × 1 times")
    #expect(jpeg(lossless, isLS: true) == "it is not JPEG-LS")
  }

  private func runs(_ segment: [UInt8], pixels: Int) -> String? {
    let header: [UInt8] = [1, 0, 0, 0, 64] + [UInt8](repeating: 0, count: 59)
    do throws(Codestream.Fault) {
      try RLECodestream.check(header + segment, pixelCount: pixels, samples: 1, byteCount: 1)
      return nil
    } catch {
      return error.reason
    }
  }

  @Test func runLengthsMustGiveEveryPixel() {
    // Three bytes as they are, then one four times.
    let segment: [UInt8] = [2, 7, 8, 9, UInt8(bitPattern: -3), 5]
    #expect(runs(segment, pixels: 7) == nil)
    #expect(runs(segment, pixels: 8) == "a segment holds 7 bytes instead of 8")
    #expect(runs([5, 1, 2], pixels: 6) == "a segment holds 2 bytes instead of 6")
  }

  @Test func segmentsMustBeWhereTheHeaderSays() {
    let header: [UInt8] = [2, 0, 0, 0, 64, 0, 0, 0, 64] + [UInt8](repeating: 0, count: 60)
    #expect(throws: Codestream.Fault("its segments are not where its header says")) {
      try RLECodestream.check(header, pixelCount: 1, samples: 1, byteCount: 2)
    }
  }
}
