/// A picture of grey values or of red, green and blue.
public struct PNGImage: Sendable, Equatable {
  /// The number of columns.
  public let width: Int

  /// The number of rows.
  public let height: Int

  /// 1 for grey, 3 for red, green and blue.
  public let channels: Int

  /// The numbers, from the top left row by row, those of a pixel together.
  public let pixels: [UInt16]

  /// The number that stands for full brightness: 255 or 65535.
  public let maximum: UInt16

  /// Creates a picture.
  ///
  /// - Precondition: There are `width` × `height` × `channels` numbers, none above `maximum`, which
  ///   is 255 or 65535.
  public init(width: Int, height: Int, channels: Int, pixels: [UInt16], maximum: UInt16 = 255) {
    precondition(width > 0 && height > 0, "a picture of \(width) × \(height) pixels has none")
    precondition(channels == 1 || channels == 3, "a picture has 1 or 3 channels, not \(channels)")
    precondition(maximum == 255 || maximum == 65535, "\(maximum) is not the most of 8 or 16 bits")
    precondition(
      pixels.count == width * height * channels,
      "\(pixels.count) numbers for \(width) × \(height) pixels of \(channels)")
    precondition(
      maximum == 65535 || pixels.allSatisfy { $0 <= maximum }, "a number is above \(maximum)")
    self.width = width
    self.height = height
    self.channels = channels
    self.pixels = pixels
    self.maximum = maximum
  }

  /// Pictures below each other.
  ///
  /// - Precondition: At least one, all of one width, number of channels and maximum.
  public static func stacked(_ images: [PNGImage]) -> PNGImage {
    precondition(
      images.allSatisfy {
        $0.width == images[0].width && $0.channels == images[0].channels
          && $0.maximum == images[0].maximum
      } && !images.isEmpty, "pictures of different kinds")
    return PNGImage(
      width: images[0].width, height: images.map(\.height).reduce(0, +),
      channels: images[0].channels, pixels: images.flatMap(\.pixels), maximum: images[0].maximum)
  }

  /// The brightness of every pixel.
  ///
  /// Source: Recommendation ITU-R BT.601, luma.
  public var luma: [Float] {
    guard channels == 3 else { return pixels.map(Float.init) }
    return stride(from: 0, to: pixels.count, by: 3).map { start in
      let (red, green, blue) = (pixels[start], pixels[start + 1], pixels[start + 2])
      return Float((299 * Int(red) + 587 * Int(green) + 114 * Int(blue))) / 1000
    }
  }

  /// The grey values of a picture that ``isGrey``; of another, its reds.
  var grey: [UInt16] {
    guard channels == 3 else { return pixels }
    return stride(from: 0, to: pixels.count, by: 3).map { pixels[$0] }
  }

  /// Whether no pixel has a colour.
  public var isGrey: Bool {
    guard channels == 3 else { return true }
    return stride(from: 0, to: pixels.count, by: 3).allSatisfy { start in
      let red = pixels[start]
      return red == pixels[start + 1] && red == pixels[start + 2]
    }
  }
}
