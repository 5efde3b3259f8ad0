/// Walks through the markers of a JPEG or JPEG-LS picture.
///
/// Source: ITU-T T.81 annex B; T.87 annex C for JPEG-LS.
enum JPEGCodestream {
  /// A picture of many scans takes a decoder's time for each; encoders make about ten.
  private static let mostScans = 64

  /// What the markers say, and the picture up to its end marker, which is added when it is missing.
  static func check(
    _ bytes: [UInt8], isLS: Bool
  ) throws(Codestream.Fault) -> (Codestream, [UInt8]) {
    var walk = Walk(reader: CodestreamBytes(bytes[...]), isLS: isLS)
    let end = try walk.toEnd()
    guard var codestream = walk.codestream else { throw Codestream.Fault("it has no frame header") }
    guard walk.scans > 0 else { throw Codestream.Fault("it has no scan") }
    codestream.isLuminance = codestream.samples == 3 && !isLS ? walk.isLuminance : nil
    return (codestream, end.isMarked ? Array(bytes[..<end.index]) : bytes + [0xFF, 0xD9])
  }

  private struct Walk {
    var reader: CodestreamBytes
    let isLS: Bool
    var codestream: Codestream?
    var scans = 0

    /// What JFIF or Adobe's marker says of the colours; `nil` when neither is there.
    var isLuminance: Bool?

    /// Goes to the end, and returns the index behind it and whether a marker is there.
    mutating func toEnd() throws(Codestream.Fault) -> (index: Int, isMarked: Bool) {
      guard try reader.short() == 0xFFD8 else {
        throw Codestream.Fault("it does not begin as JPEG does")
      }
      while let marker = try nextMarker() {
        switch marker {
        case 0xD9: return (reader.position, true)
        case 0xD8: throw Codestream.Fault("it begins twice")
        case 0xDA: try scan()
        case 0xC0...0xC3, 0xF7: try frame(marker)
        case 0xC5...0xC7, 0xC9...0xCB, 0xCD...0xCF:
          throw Codestream.Fault("its kind of JPEG (frame marker \(marker - 0xC0)) is not read")
        case 0xE0, 0xEE: try application(marker)
        case 0x01, 0xD0...0xD7: break
        default: _ = try reader.segment()
        }
      }
      guard scans > 0 else { throw Codestream.Fault("it ends before its pixels") }
      return (reader.position, false)
    }

    /// The next marker; `nil` at the end. Between segments there is nothing but filling.
    private mutating func nextMarker() throws(Codestream.Fault) -> Int? {
      guard reader.remaining > 0 else { return nil }
      guard try reader.byte() == 0xFF else {
        throw Codestream.Fault("its segments are not where their lengths lead")
      }
      var marker = 0xFF
      while marker == 0xFF {
        guard reader.remaining > 0 else { return nil }
        marker = try reader.byte()
      }
      return marker
    }

    private mutating func frame(_ marker: Int) throws(Codestream.Fault) {
      guard (marker == 0xF7) == isLS else {
        throw Codestream.Fault(isLS ? "it is not JPEG-LS" : "it is JPEG-LS and not JPEG")
      }
      guard codestream == nil else { throw Codestream.Fault("it has two frame headers") }
      var segment = try reader.segment()
      let precision = try segment.byte()
      let rows = try segment.short()
      let columns = try segment.short()
      let samples = try segment.byte()
      for _ in 0..<samples {
        _ = try segment.byte()
        let sampling = try segment.byte()
        guard (1...4).contains(sampling >> 4), (1...4).contains(sampling & 15) else {
          throw Codestream.Fault(
            "its colours are sampled \(sampling >> 4) × \(sampling & 15) times")
        }
        _ = try segment.byte()
      }
      let precisions = marker == 0xC0 ? 8...8 : marker == 0xC1 || marker == 0xC2 ? 8...12 : 2...16
      guard precisions.contains(precision), marker == 0xC3 || isLS || [8, 12].contains(precision)
      else { throw Codestream.Fault("its numbers have \(precision) bits") }
      guard samples == 1 || samples == 3 else {
        throw Codestream.Fault("its pixels have \(samples) numbers")
      }
      codestream = Codestream(columns: columns, rows: rows, samples: samples, precision: precision)
    }

    private mutating func application(_ marker: Int) throws(Codestream.Fault) {
      var segment = try reader.segment()
      if marker == 0xE0, segment.bytes.starts(with: "JFIF".utf8) {
        isLuminance = isLuminance ?? true
      }
      if marker == 0xEE, segment.bytes.starts(with: "Adobe".utf8), segment.bytes.count >= 12 {
        segment = CodestreamBytes(segment.bytes.dropFirst(11))
        isLuminance = try segment.byte() == 1
      }
    }

    private mutating func scan() throws(Codestream.Fault) {
      guard let frame = codestream else {
        throw Codestream.Fault("a scan precedes its frame header")
      }
      scans += 1
      guard scans <= JPEGCodestream.mostScans else {
        throw Codestream.Fault("it has more than \(JPEGCodestream.mostScans) scans")
      }
      var segment = try reader.segment()
      guard (1...frame.samples).contains(try segment.byte()) else {
        throw Codestream.Fault("a scan has other colours than the picture")
      }
      skipEntropyCodedData()
    }

    /// Passes over a scan's data, where a marker is 0xFF and neither filling nor a restart. In
    /// JPEG-LS a byte after 0xFF that is below 0x80 is data.
    private mutating func skipEntropyCodedData() {
      let bytes = reader.bytes
      var index = reader.position
      while index < bytes.endIndex {
        let isData =
          bytes[index] != 0xFF || index + 1 == bytes.endIndex
          || (isLS ? bytes[index + 1] < 0x80 : bytes[index + 1] == 0)
          || (0xD0...0xD7).contains(bytes[index + 1])
        guard isData else { break }
        index += 1
      }
      reader.advance(to: index)
    }
  }
}
