/// What the headers of one compressed picture say, checked before a decoder sees it.
///
/// Decoders end the program, or take memory without bound, on a picture whose headers contradict
/// each other; so these are walked through first, and only what they can mean is handed on.
struct Codestream: Equatable {
  var columns: Int
  var rows: Int
  var samples: Int

  /// The bits of a number that are used.
  var precision: Int

  /// Whether numbers may be below zero: JPEG 2000 alone says so.
  var isSigned = false

  /// Whether the three numbers of a pixel are brightness and two colour differences, or red, green
  /// and blue, once decoded; `nil` where only the DICOM header tells.
  var isLuminance: Bool?

  /// The bytes that one picture takes once decoded: a number takes one where it has up to 8 bits.
  var decodedByteCount: Int { columns * rows * samples * (precision <= 8 ? 1 : 2) }

  /// What is wrong with a picture; completes "picture 3 is damaged: …".
  struct Fault: Error, Equatable {
    let reason: String

    init(_ reason: String) {
      self.reason = reason
    }
  }
}

/// The bytes of a picture, read in order; every read is checked.
struct CodestreamBytes {
  let bytes: ArraySlice<UInt8>

  /// The index of the next byte.
  private(set) var position: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  /// How many bytes are left.
  var remaining: Int { bytes.endIndex - position }

  /// Goes on at `index`.
  ///
  /// - Precondition: It is not beyond the end.
  mutating func advance(to index: Int) {
    precondition((bytes.startIndex...bytes.endIndex).contains(index), "\(index) is not inside")
    position = index
  }

  mutating func byte() throws(Codestream.Fault) -> Int {
    guard remaining >= 1 else { throw Codestream.Fault("it ends inside its headers") }
    defer { position += 1 }
    return Int(bytes[position])
  }

  /// Two bytes, the highest first.
  mutating func short() throws(Codestream.Fault) -> Int {
    try byte() << 8 | byte()
  }

  /// Four bytes, the highest first.
  mutating func long() throws(Codestream.Fault) -> Int {
    try short() << 16 | short()
  }

  /// The next `count` bytes on their own.
  mutating func piece(_ count: Int) throws(Codestream.Fault) -> CodestreamBytes {
    guard count >= 0, count <= remaining else {
      throw Codestream.Fault("one of its headers claims \(count) bytes, and \(remaining) are left")
    }
    defer { position += count }
    return CodestreamBytes(bytes[position..<(position + count)])
  }

  /// A piece whose length, which counts its own two bytes, stands before it.
  mutating func segment() throws(Codestream.Fault) -> CodestreamBytes {
    try piece(short() - 2)
  }
}
