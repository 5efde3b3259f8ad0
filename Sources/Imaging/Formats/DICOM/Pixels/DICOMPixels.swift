internal import CGDCM

/// The pictures of a DICOM file, decoded one at a time.
struct DICOMPixels {
  /// What pixels may take that a file claims in few bytes: 64 MiB, or so many times the file.
  private static let (alwaysAllowed, largestRatio) = (64 << 20, 4096)

  let path: String
  let format: DICOMPixelFormat
  let encoding: DICOMEncoding

  /// The number of pictures.
  let count: Int

  private let bytes: [UInt8]
  private let offset: Int
  private let fragments: DICOMFragments?
  private let palette: DICOMPalette?

  /// Reads the pixels of `file`, and checks that all pictures can be there.
  ///
  /// - Throws: ``ImagingError``.
  init(_ file: DICOMFile, _ format: DICOMPixelFormat, count: Int) throws(ImagingError) {
    guard let pixels = file.pixels else { throw DICOMFile.foreign(file.path) }
    (path, self.format, encoding, self.count) = (file.path, format, file.encoding, count)
    bytes = try file.contents()
    offset = pixels.offset
    palette = format.photometric == .palette ? try DICOMPalette(file) : nil
    let isPacked = encoding.compression != .none
    guard isPacked == (pixels.length == nil) else {
      throw .unreadable(
        path: path,
        reason: isPacked
          ? "its transfer syntax promises compressed pixels, and they are not"
          : "its transfer syntax promises pixels that are not compressed, and they are")
    }
    guard isPacked else {
      fragments = nil
      try Self.checkLength(format, count, pixels, there: bytes.count - pixels.offset, path)
      return
    }
    fragments = try DICOMFragments(
      bytes, at: pixels.offset, count: count, isBigEndian: encoding.isBigEndian,
      dataset: file.dataset, path: path)
    let decoded = count * format.pixelCount * format.samples * (format.bitsAllocated > 8 ? 2 : 1)
    guard decoded <= Self.alwaysAllowed || decoded / Self.largestRatio <= bytes.count else {
      throw .absurdSize(
        path: path, description: "\(decoded) bytes of pixels are claimed in \(bytes.count) bytes")
    }
  }

  /// Checks what uncompressed pixels take against what there is, before anything is made of them.
  static func checkLength(
    _ format: DICOMPixelFormat, _ count: Int, _ pixels: DICOMParser.PixelElement, there: Int,
    _ path: String
  ) throws(ImagingError) {
    let (bits, overflow) = format.frameBits.multipliedReportingOverflow(by: count)
    let expected = overflow ? .max : (bits + 7) / 8
    let found = min(pixels.length ?? there, there)
    guard found >= expected else { throw .truncated(path: path, expected: expected, found: found) }
  }

  /// The grey values of a picture before they are scaled: colours become their brightness.
  ///
  /// - Throws: ``ImagingError``.
  func grey(_ index: Int) throws(ImagingError) -> [Double] {
    if format.number != .integer { return reals(index) }
    if encoding.compression == .none { return grey(of: uncompressed(index), nil) }
    let (stream, numbers) = try decoded(index)
    return grey(of: numbers, stream)
  }

  private func grey(of numbers: [Int32], _ stream: Codestream?) -> [Double] {
    if let palette { return palette.luma(of: numbers) }
    return DICOMColours(format, stream).grey(of: numbers)
  }

  // MARK: Numbers

  /// The numbers of one picture, masked to the bits that count.
  private func uncompressed(_ index: Int) -> [Int32] {
    let bits = format.bitsAllocated
    let count = format.frameBits / bits
    let reader = CellReader(bytes: bytes, isBigEndian: encoding.isBigEndian)
    let cells = reader.cells(bits, count, offset: offset, index: index)
    return cells.map {
      meaning(of: $0, shift: format.highBit + 1 - format.bitsStored, format.bitsStored)
    }
  }

  /// The bits of a cell that are the number, with its sign.
  private func meaning(of cell: UInt32, shift: Int, _ bits: Int) -> Int32 {
    let aligned = cell << UInt32(32 - bits - shift)
    return format.isSigned
      ? Int32(bitPattern: aligned) >> Int32(32 - bits)
      : Int32(truncatingIfNeeded: aligned >> UInt32(32 - bits))
  }

  private func reals(_ index: Int) -> [Double] {
    let reader = CellReader(bytes: bytes, isBigEndian: encoding.isBigEndian)
    return reader.reals(format.bitsAllocated, format.pixelCount, offset: offset, index: index)
  }

  // MARK: Compressed

  private func decoded(_ index: Int) throws(ImagingError) -> (Codestream, [Int32]) {
    guard let pieces = fragments?.frames[index] else { return (Codestream(unpacked: format), []) }
    let packed = pieces.count == 1 ? Array(bytes[pieces[0]]) : pieces.flatMap { bytes[$0] }
    let stream: Codestream
    let checked: [UInt8]
    do throws(Codestream.Fault) {
      (stream, checked) = try check(packed)
    } catch {
      throw damaged(index, error.reason)
    }
    guard stream.columns == format.columns, stream.rows == format.rows,
      stream.samples == format.samples
    else {
      throw damaged(
        index,
        "it has \(stream.columns) × \(stream.rows) pixels of \(stream.samples), and the header "
          + "says \(format.columns) × \(format.rows) of \(format.samples)")
    }
    var pixels = [UInt8](repeating: 0, count: stream.decodedByteCount)
    let status = checked.withUnsafeBufferPointer { bytes in
      var picture = cgdcm_picture(
        codec: encoding.compression.codec, columns: Int32(stream.columns),
        rows: Int32(stream.rows), samples: Int32(stream.samples),
        precision: Int32(stream.precision), is_signed: stream.isSigned ? 1 : 0,
        bytes: bytes.baseAddress, count: bytes.count)
      return pixels.withUnsafeMutableBufferPointer {
        cgdcm_decode(&picture, $0.baseAddress, $0.count)
      }
    }
    guard status == 0 else { throw damaged(index, String(cString: cgdcm_last_error())) }
    return (stream, numbers(pixels, stream))
  }

  /// What the headers of a compressed picture say, and the bytes that a decoder is to see.
  private func check(_ packed: [UInt8]) throws(Codestream.Fault) -> (Codestream, [UInt8]) {
    switch encoding.compression {
    case .jpeg: return try JPEGCodestream.check(packed, isLS: false)
    case .jpegLS: return try JPEGCodestream.check(packed, isLS: true)
    case .jpeg2000: return try JPEG2000Codestream.check(packed)
    case .none, .rle:
      guard format.bitsAllocated == 8 || format.bitsAllocated == 16 && format.samples == 1 else {
        throw Codestream.Fault(
          "run lengths of \(format.samples) × \(format.bitsAllocated) bits are not read")
      }
      try RLECodestream.check(
        packed, pixelCount: format.pixelCount, samples: format.samples,
        byteCount: format.bitsAllocated / 8)
      return (Codestream(unpacked: format), packed)
    }
  }

  /// Takes the numbers from a decoder's bytes. Where the picture has fewer bits than the header
  /// says, its highest is the sign.
  private func numbers(_ pixels: [UInt8], _ stream: Codestream) -> [Int32] {
    let isWhole = stream.precision > format.highBit
    let bits = isWhole ? format.bitsStored : min(stream.precision, format.bitsStored)
    let shift = isWhole ? format.highBit + 1 - format.bitsStored : 0
    let cellBits = stream.precision <= 8 ? 8 : 16
    let reader = CellReader(bytes: pixels, isBigEndian: false)
    let count = stream.columns * stream.rows * stream.samples
    return reader.cells(cellBits, count, offset: 0, index: 0)
      .map { meaning(of: $0, shift: shift, bits) }
  }

  private func damaged(_ index: Int, _ reason: String) -> ImagingError {
    .unreadable(path: path, reason: "picture \(index + 1) of \(count) is damaged: \(reason)")
  }
}

extension Codestream {
  /// The shape of a picture whose own headers say none.
  fileprivate init(unpacked format: DICOMPixelFormat) {
    self.init(
      columns: format.columns, rows: format.rows, samples: format.samples,
      precision: format.bitsAllocated <= 8 ? 8 : 16)
  }
}

extension DICOMEncoding.Compression {
  fileprivate var codec: cgdcm_codec {
    switch self {
    case .jpeg: CGDCM_JPEG
    case .jpegLS: CGDCM_JPEG_LS
    case .jpeg2000: CGDCM_JPEG_2000
    case .none, .rle: CGDCM_RLE
    }
  }
}
