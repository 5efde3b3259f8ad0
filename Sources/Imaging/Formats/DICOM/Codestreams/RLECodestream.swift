/// Walks through one picture in DICOM's run lengths.
///
/// Source: DICOM PS3.5 annex G.
enum RLECodestream {
  /// Checks that the segments of a picture decode to its pixels exactly.
  ///
  /// - Parameters:
  ///   - pixelCount: The pixels of the picture.
  ///   - samples: 1 or 3.
  ///   - byteCount: The bytes of one number, 1 or 2.
  static func check(
    _ bytes: [UInt8], pixelCount: Int, samples: Int, byteCount: Int
  ) throws(Codestream.Fault) {
    guard bytes.count >= 64 else { throw Codestream.Fault("it ends inside its headers") }
    let numbers = (0..<16).map { number in
      (0..<4).reduce(0) { $0 | Int(bytes[number * 4 + $1]) << (8 * $1) }
    }
    guard numbers[0] == samples * byteCount else {
      throw Codestream.Fault("it has \(numbers[0]) segments instead of \(samples * byteCount)")
    }
    let starts = Array(numbers[1...numbers[0]]) + [bytes.count]
    guard starts[0] == 64, zip(starts, starts.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw Codestream.Fault("its segments are not where its header says")
    }
    for (start, end) in zip(starts, starts.dropFirst()) {
      let count = decodedCount(bytes[start..<end], atMost: pixelCount)
      guard count == pixelCount else {
        throw Codestream.Fault("a segment holds \(count) bytes instead of \(pixelCount)")
      }
    }
  }

  /// How many bytes a segment decodes to; once there are enough, the rest is filling.
  private static func decodedCount(_ segment: ArraySlice<UInt8>, atMost limit: Int) -> Int {
    var count = 0
    var index = segment.startIndex
    while index < segment.endIndex, count < limit {
      let control = Int(Int8(bitPattern: segment[index]))
      if control >= 0 {
        count += min(control + 1, segment.endIndex - index - 1)
        index += control + 2
      } else if control > -128, index + 1 < segment.endIndex {
        count += 1 - control
        index += 2
      } else {
        index += control == -128 ? 1 : 2
      }
    }
    return count
  }
}
