/// Turns the numbers of pixels into grey values.
///
/// Source: DICOM PS3.3 C.7.6.3.1.2; the weights are those of ITU-R BT.601.
struct DICOMColours {
  private let format: DICOMPixelFormat

  /// Whether the numbers of a pixel are brightness and two colour differences.
  private let isLuminance: Bool

  /// Whether all numbers of one colour come before those of the next.
  private let isPlanar: Bool

  /// Whether two pixels are four numbers: two of brightness, and the colours that they share.
  private let isShared: Bool

  /// - Parameter stream: What a decoder has made of a compressed picture; `nil` for another.
  init(_ format: DICOMPixelFormat, _ stream: Codestream?) {
    self.format = format
    let isNamed = format.photometric == .ybrFull || format.photometric == .ybrFull422
    // JPEG in a file that calls itself RGB says by its own markers when it is not, and the decoder
    // of JPEG 2000 has turned mixed colours back.
    isLuminance = stream?.isLuminance == false ? false : isNamed || stream?.isLuminance == true
    isPlanar = stream == nil && format.isPlanar
    isShared = stream == nil && format.photometric == .ybrFull422
  }

  /// One value for each pixel.
  func grey(of numbers: [Int32]) -> [Double] {
    switch format.photometric {
    case .monochrome2, .palette:
      return numbers.map(Double.init)
    case .monochrome1:
      // The least is white: turned round within what the bits can hold.
      let sum = format.isSigned ? -1 : (1 << format.bitsStored) - 1
      return numbers.map { Double(sum - Int($0)) }
    default:
      return (0..<format.pixelCount).map { brightness(numbers, of: $0) }
    }
  }

  private func brightness(_ numbers: [Int32], of pixel: Int) -> Double {
    let places: (Int, Int, Int)
    if isShared {
      let pair = pixel / 2 * 4
      places = (pair + pixel % 2, pair + 2, pair + 3)
    } else if isPlanar {
      places = (pixel, pixel + format.pixelCount, pixel + 2 * format.pixelCount)
    } else {
      places = (3 * pixel, 3 * pixel + 1, 3 * pixel + 2)
    }
    let (first, second, third) = (numbers[places.0], numbers[places.1], numbers[places.2])
    guard isLuminance else {
      return DICOMPalette.luma(Double(first), Double(second), Double(third))
    }
    return luma(Double(first), blueDifference: Double(second), redDifference: Double(third))
  }

  /// The brightness of the red, green and blue that a screen shows, which is not the first number
  /// where a colour is beyond what it can show.
  private func luma(
    _ luminance: Double, blueDifference: Double, redDifference: Double
  ) -> Double {
    let middle = Double(1 << (format.bitsStored - 1))
    let (blue, red) = (blueDifference - middle, redDifference - middle)
    return DICOMPalette.luma(
      shown(luminance + 1.402 * red), shown(luminance - 0.344136 * blue - 0.714136 * red),
      shown(luminance + 1.772 * blue))
  }

  private func shown(_ value: Double) -> Double {
    min(max((value + 0.5).rounded(.down), 0), Double(1 << format.bitsStored) - 1)
  }
}
