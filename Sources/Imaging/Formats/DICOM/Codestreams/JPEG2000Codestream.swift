/// Walks through the markers of a JPEG 2000 picture.
///
/// Source: ITU-T T.800 annex A.
enum JPEG2000Codestream {
  /// The most quality layers; encoders make up to about thirty.
  private static let mostLayers = 256

  /// What the markers say, and the picture without a container and what follows its end.
  static func check(_ bytes: [UInt8]) throws(Codestream.Fault) -> (Codestream, [UInt8]) {
    let bare = try withoutContainer(bytes)
    var walk = Walk(reader: CodestreamBytes(bare))
    try walk.throughHeader()
    let end = try walk.throughTiles()
    guard let codestream = walk.codestream else { throw Codestream.Fault("it has no size") }
    return (codestream, Array(bare[..<end]))
  }

  /// The codestream in a JP2 file, which DICOM does not allow and which occurs.
  private static func withoutContainer(
    _ bytes: [UInt8]
  ) throws(Codestream.Fault) -> ArraySlice<UInt8> {
    guard bytes.starts(with: [0, 0, 0, 12, 0x6A, 0x50, 0x20, 0x20]) else { return bytes[...] }
    var reader = CodestreamBytes(bytes[...])
    while reader.remaining >= 8 {
      let length = try reader.long()
      let isCodestream = try reader.long() == 0x6A70_3263
      let content = length == 0 ? reader.remaining : length - 8
      let box = try reader.piece(content)
      if isCodestream { return box.bytes }
    }
    throw Codestream.Fault("its container has no picture")
  }

  private struct Walk {
    var reader: CodestreamBytes
    var codestream: Codestream?
    var tiles = 0
    var hasStyle = false

    /// Reads the main header, up to the first tile.
    mutating func throughHeader() throws(Codestream.Fault) {
      guard try reader.short() == 0xFF4F, try reader.short() == 0xFF51 else {
        throw Codestream.Fault("it does not begin as JPEG 2000 does")
      }
      try size()
      while true {
        let marker = try reader.short()
        if marker == 0xFF90 { break }
        try segment(marker)
      }
      guard hasStyle else { throw Codestream.Fault("it does not say how it is coded") }
    }

    /// Goes from tile to tile, and returns the index behind the last.
    mutating func throughTiles() throws(Codestream.Fault) -> Int {
      while true {
        let length = try tilePart()
        // A length of 0 means all that is left.
        guard length > 0, reader.remaining >= 2 else { return reader.bytes.endIndex }
        let marker = try reader.short()
        if marker == 0xFFD9 { return reader.position }
        guard marker == 0xFF90 else {
          throw Codestream.Fault("its tiles are not where their lengths lead")
        }
      }
    }

    private mutating func size() throws(Codestream.Fault) {
      var segment = try reader.segment()
      _ = try segment.short()
      let (right, bottom) = (try segment.long(), try segment.long())
      let (left, top) = (try segment.long(), try segment.long())
      let tile = (width: try segment.long(), height: try segment.long())
      let first = (x: try segment.long(), y: try segment.long())
      let samples = try segment.short()
      guard (1...65535).contains(right - left), (1...65535).contains(bottom - top),
        samples == 1 || samples == 3
      else { throw Codestream.Fault("its size cannot be read") }
      guard tile.width > 0, tile.height > 0, first.x <= left, first.y <= top,
        first.x + tile.width > left, first.y + tile.height > top
      else { throw Codestream.Fault("its tiles do not cover it") }
      var depths: Set<Int> = []
      for _ in 0..<samples {
        depths.insert(try segment.byte())
        guard try segment.byte() == 1, try segment.byte() == 1 else {
          throw Codestream.Fault("its colours have fewer pixels than it has")
        }
      }
      guard depths.count == 1, let depth = depths.first, (1...16).contains(depth & 0x7F + 1) else {
        throw Codestream.Fault("its numbers have more than 16 bits, or not all the same")
      }
      tiles =
        ((right - first.x + tile.width - 1) / tile.width)
        * ((bottom - first.y + tile.height - 1) / tile.height)
      // Every tile has a header of at least 14 bytes.
      guard tiles <= reader.bytes.count / 14 + 1 else {
        throw Codestream.Fault("it claims \(tiles) tiles in \(reader.bytes.count) bytes")
      }
      codestream = Codestream(
        columns: right - left, rows: bottom - top, samples: samples, precision: depth & 0x7F + 1,
        isSigned: depth & 0x80 != 0)
    }

    /// Reads a tile's header, passes over its data, and returns the length it gives.
    private mutating func tilePart() throws(Codestream.Fault) -> Int {
      let start = reader.position - 2
      var head = try reader.segment()
      let index = try head.short()
      let length = try head.long()
      guard index < tiles else {
        throw Codestream.Fault("tile \(index) is not one of its \(tiles)")
      }
      while true {
        let marker = try reader.short()
        if marker == 0xFF93 { break }
        guard reader.remaining > 0 else { throw Codestream.Fault("it ends inside a tile's header") }
        try segment(marker)
      }
      guard length > 0 else { return 0 }
      _ = try reader.piece(length - (reader.position - start))
      return length
    }

    private mutating func segment(_ marker: Int) throws(Codestream.Fault) {
      guard (0xFF52...0xFF64).contains(marker) else {
        throw Codestream.Fault("its segments are not where their lengths lead")
      }
      var segment = try reader.segment()
      switch marker {
      case 0xFF52: try style(&segment)
      case 0xFF53:
        _ = try segment.byte()
        try transform(&segment, hasPrecincts: try segment.byte() & 1 == 1)
      default: break
      }
    }

    private mutating func style(_ segment: inout CodestreamBytes) throws(Codestream.Fault) {
      let flags = try segment.byte()
      _ = try segment.byte()
      let layers = try segment.short()
      let mixing = try segment.byte()
      guard (1...JPEG2000Codestream.mostLayers).contains(layers) else {
        throw Codestream.Fault("it has \(layers) layers of quality")
      }
      guard mixing == 0 || (mixing == 1 && codestream?.samples == 3) else {
        throw Codestream.Fault("its colours are mixed in a way (\(mixing)) that is not read")
      }
      if mixing == 1 { codestream?.isLuminance = false }
      try transform(&segment, hasPrecincts: flags & 1 == 1)
      hasStyle = true
    }

    /// Checks the sizes of the blocks that memory is taken for.
    private func transform(
      _ segment: inout CodestreamBytes, hasPrecincts: Bool
    ) throws(Codestream.Fault) {
      let levels = try segment.byte()
      let (width, height) = (try segment.byte() + 2, try segment.byte() + 2)
      _ = try segment.byte()
      let wavelet = try segment.byte()
      guard levels <= 32, (2...10).contains(width), (2...10).contains(height), width + height <= 12,
        wavelet <= 1
      else { throw Codestream.Fault("its blocks are of a size that the format does not know") }
      guard hasPrecincts else { return }
      var precincts = 0
      for level in 0...levels {
        let sizes = try segment.byte()
        let (columns, rows) = (codestream?.columns ?? 0, codestream?.rows ?? 0)
        precincts +=
          Self.pieces(of: columns, levels - level, 1 << (sizes & 15))
          * Self.pieces(of: rows, levels - level, 1 << (sizes >> 4))
      }
      // Each costs a decoder about a kilobyte, which is to stay below what the pixels cost.
      let most = 4096 + (codestream.map { $0.columns * $0.rows } ?? 0) / 256
      guard precincts <= most else {
        throw Codestream.Fault("it is cut into \(precincts) precincts")
      }
    }

    /// The pieces of a side that has been halved `times` times.
    private static func pieces(of side: Int, _ times: Int, _ length: Int) -> Int {
      let half = (side + (1 << times) - 1) >> times
      return (half + length - 1) / length
    }
  }
}
