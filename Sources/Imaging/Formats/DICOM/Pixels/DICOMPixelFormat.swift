/// The shape of the pictures in a DICOM file, and what their numbers mean.
///
/// Source: DICOM PS3.3 C.7.6.3 (Image Pixel Module).
struct DICOMPixelFormat: Hashable {
  /// What the numbers of a pixel are.
  enum Photometric: String, Hashable {
    /// Grey, the least number being white.
    case monochrome1 = "MONOCHROME1"
    case monochrome2 = "MONOCHROME2"
    case palette = "PALETTE COLOR"
    case rgb = "RGB"
    case ybrFull = "YBR_FULL"

    /// Two neighbouring pixels share their colour, not their brightness.
    case ybrFull422 = "YBR_FULL_422"

    /// Of JPEG 2000, whose decoder returns red, green and blue.
    case ybrIrreversible = "YBR_ICT"
    case ybrReversible = "YBR_RCT"

    var isGrey: Bool { self == .monochrome1 || self == .monochrome2 }
  }

  /// What a number is stored as.
  enum Number: Hashable { case integer, float, double }

  let columns: Int
  let rows: Int
  let samples: Int
  let photometric: Photometric

  /// Whether all numbers of one colour come before those of the next.
  let isPlanar: Bool
  let number: Number
  let bitsAllocated: Int
  let bitsStored: Int
  let highBit: Int
  let isSigned: Bool

  /// Pixels in one picture.
  var pixelCount: Int { columns * rows }

  /// Bits that one uncompressed picture takes.
  var frameBits: Int {
    let samples = photometric == .ybrFull422 ? 2 : samples
    return pixelCount * samples * bitsAllocated
  }

  /// Reads the format of the pictures in `file`.
  ///
  /// - Throws: ``ImagingError``.
  init(_ file: DICOMFile) throws(ImagingError) {
    let reading = Reading(file: file)
    guard let pixels = file.pixels else {
      throw .unsupported(
        path: file.path, found: "DICOM without pixels", advice: "Choose a file with a picture.")
    }
    columns = try reading.number(.columns, "Columns", in: 1...65535)
    rows = try reading.number(.rows, "Rows", in: 1...65535)
    samples = try reading.number(.samplesPerPixel, "Samples per Pixel", in: 1...4, otherwise: 1)
    let name =
      file.dataset.text(.photometricInterpretation) ?? (samples == 1 ? "MONOCHROME2" : "RGB")
    guard let photometric = Photometric(rawValue: name),
      samples == (photometric.isGrey || photometric == .palette ? 1 : 3)
    else {
      throw .unsupported(
        path: file.path, found: "pixels of \(samples) numbers called \(name.prefix(32))",
        advice: "Convert them to grey values or to RGB.")
    }
    self.photometric = photometric
    isPlanar =
      try reading.number(.planarConfiguration, "Planar Configuration", in: 0...1, otherwise: 0) == 1
    switch pixels.tag {
    case .floatPixelData: (number, bitsAllocated) = (.float, 32)
    case .doubleFloatPixelData: (number, bitsAllocated) = (.double, 64)
    default: (number, bitsAllocated) = (.integer, try reading.bitsAllocated())
    }
    let isReal = number != .integer
    bitsStored =
      isReal
      ? bitsAllocated
      : try reading.number(
        .bitsStored, "Bits Stored", in: 1...bitsAllocated, otherwise: bitsAllocated)
    highBit =
      isReal
      ? bitsAllocated - 1
      : try reading.number(
        .highBit, "High Bit", in: (bitsStored - 1)...(bitsAllocated - 1), otherwise: bitsStored - 1)
    let sign = try reading.number(
      .pixelRepresentation, "Pixel Representation", in: 0...1, otherwise: 0)
    isSigned = sign == 1 && !isReal
  }

  /// Takes numbers out of a file's attributes with sentences for those that cannot be.
  private struct Reading {
    let file: DICOMFile

    func number(
      _ tag: DICOMTag, _ name: String, in range: ClosedRange<Int>, otherwise standard: Int? = nil
    ) throws(ImagingError) -> Int {
      guard let found = file.dataset.unsigned(tag) ?? standard else {
        throw .unreadable(path: file.path, reason: "it does not say its \(name)")
      }
      guard range.contains(found) else {
        throw .absurdSize(
          path: file.path,
          description: "\(name) is \(found), and can be \(range.lowerBound) to \(range.upperBound)")
      }
      return found
    }

    func bitsAllocated() throws(ImagingError) -> Int {
      let bits = try number(.bitsAllocated, "Bits Allocated", in: 1...64)
      guard [1, 8, 12, 16, 32].contains(bits) else {
        throw .unsupported(
          path: file.path, found: "pixels of \(bits) bits",
          advice: "Convert them to 8, 16 or 32 bits.")
      }
      return bits
    }
  }
}
