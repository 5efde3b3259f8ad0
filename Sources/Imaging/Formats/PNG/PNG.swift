internal import CPNG

/// Pictures in PNG files.
public enum PNG {
  /// Reads a picture; a palette and fewer than 8 bits are expanded, and transparency is dropped.
  ///
  /// - Throws: ``ImagingError``.
  public static func read(at path: String) throws(ImagingError) -> PNGImage {
    try read(at: path, keepsIndices: false)
  }

  /// Reads a picture as labels, pixel by pixel from the top left.
  ///
  /// In a picture with a palette the labels are the indices of the colours; in any other they are
  /// the grey values.
  ///
  /// - Throws: ``ImagingError``, ``ImagingError/badLabels(path:description:)`` when there are colours
  ///   without a palette.
  public static func readLabels(at path: String) throws(ImagingError) -> PNGImage {
    let image = try read(at: path, keepsIndices: true)
    guard image.channels == 3 else { return image }
    guard image.isGrey else {
      throw .badLabels(path: path, description: "some of its pixels have colours and no palette")
    }
    return PNGImage(
      width: image.width, height: image.height, channels: 1, pixels: image.grey,
      maximum: image.maximum)
  }

  private static func read(
    at path: String, keepsIndices: Bool
  ) throws(ImagingError) -> PNGImage {
    _ = try FileFacts.of(path)
    var image = cpng_image()
    let status = cpng_read(path, keepsIndices ? 1 : 0, &image)
    defer { cpng_free(&image) }
    switch status {
    case CPNG_DONE:
      break
    case CPNG_FOREIGN:
      throw .unsupported(
        path: path, found: "something that does not begin as PNG does",
        advice: "Check the file, or convert it to PNG.")
    case CPNG_TOO_LARGE:
      throw .absurdSize(path: path, description: String(cString: cpng_last_error()))
    default:
      throw .unreadable(path: path, reason: String(cString: cpng_last_error()))
    }
    let (width, height) = (Int(image.width), Int(image.height))
    let count = width * height * Int(image.channels)
    return PNGImage(
      width: width, height: height, channels: Int(image.channels),
      pixels: Array(UnsafeBufferPointer(start: image.pixels, count: count)),
      maximum: image.bits == 16 ? 65535 : 255)
  }

  /// Writes a picture; an existing file is replaced once the new one is whole.
  ///
  /// - Throws: ``ImagingError/writeFailed(path:reason:)``.
  public static func write(_ image: PNGImage, to path: String) throws(ImagingError) {
    try AtomicFile.replace(path) { temporary throws(ImagingError) in
      try store(image, at: temporary, reportedPath: path)
    }
  }

  /// Writes right to `path`; errors name `reportedPath`.
  static func store(
    _ image: PNGImage, at path: String, reportedPath: String
  ) throws(ImagingError) {
    var numbers = image.pixels
    let status = numbers.withUnsafeMutableBufferPointer { pixels in
      var raw = cpng_image(
        width: Int32(image.width), height: Int32(image.height), channels: Int32(image.channels),
        bits: image.maximum == 65535 ? 16 : 8, pixels: pixels.baseAddress)
      return cpng_write(path, &raw)
    }
    guard status == CPNG_DONE else {
      throw .writeFailed(path: reportedPath, reason: String(cString: cpng_last_error()))
    }
  }
}
