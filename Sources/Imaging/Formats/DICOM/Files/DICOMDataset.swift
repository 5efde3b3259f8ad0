/// What a DICOM file, or one item of a sequence in it, says: the attributes of ``DICOMTag``.
struct DICOMDataset {
  /// A value as it is in the file.
  enum Value {
    case bytes([UInt8])
    case items([DICOMDataset])
  }

  /// Whether numbers have their highest byte first.
  let isBigEndian: Bool

  private(set) var values: [DICOMTag: Value] = [:]

  init(isBigEndian: Bool) {
    self.isBigEndian = isBigEndian
  }

  /// Takes a value; the first of two with one tag counts.
  mutating func set(_ tag: DICOMTag, _ value: Value) {
    if values[tag] == nil { values[tag] = value }
  }

  /// The items of a sequence; none when it is absent.
  func items(_ tag: DICOMTag) -> [DICOMDataset] {
    guard case .items(let items)? = values[tag] else { return [] }
    return items
  }

  /// The bytes of a value, or `nil` when it is absent or empty.
  func bytes(_ tag: DICOMTag) -> [UInt8]? {
    guard case .bytes(let bytes)? = values[tag], !bytes.isEmpty else { return nil }
    return bytes
  }

  /// A text without the spaces and zeros around it, or `nil` when it is absent or empty.
  func text(_ tag: DICOMTag) -> String? {
    guard let bytes = bytes(tag) else { return nil }
    let trimmed = Self.trimmed(bytes[...])
    guard !trimmed.isEmpty else { return nil }
    // Files in other sets than UTF-8 are mostly Latin; what is not is shown wrong, never lost.
    return String(validating: trimmed, as: UTF8.self)
      ?? String(String.UnicodeScalarView(trimmed.map { Unicode.Scalar($0) }))
  }

  /// The texts between backslashes; none when the attribute is absent.
  func texts(_ tag: DICOMTag) -> [String] {
    guard let text = text(tag) else { return [] }
    return text.split(separator: "\\", omittingEmptySubsequences: false).map {
      $0.trimmingPrefixAndSuffix(" ")
    }
  }

  /// A list of decimal numbers, which DICOM writes as text, or `nil` when it is absent or has
  /// anything else.
  func decimals(_ tag: DICOMTag) -> [Double]? {
    guard let bytes = bytes(tag) else { return nil }
    var numbers: [Double] = []
    for part in bytes.split(separator: UInt8(ascii: "\\"), omittingEmptySubsequences: false) {
      let text = String(decoding: Self.trimmed(part), as: UTF8.self)
      guard let number = Double(text), number.isFinite else { return nil }
      numbers.append(number)
    }
    return numbers
  }

  /// The first of a list of decimal numbers.
  func decimal(_ tag: DICOMTag) -> Double? { decimals(tag)?.first }

  /// A vector of three decimal numbers.
  func vector(_ tag: DICOMTag) -> SIMD3<Double>? {
    guard let numbers = decimals(tag), numbers.count == 3 else { return nil }
    return [numbers[0], numbers[1], numbers[2]]
  }

  /// A whole number that DICOM writes as text.
  func integerText(_ tag: DICOMTag) -> Int? {
    decimal(tag).flatMap { Int(exactly: $0) }
  }

  /// A whole number of two or four bytes without a sign.
  func unsigned(_ tag: DICOMTag) -> Int? { unsignedList(tag)?.first }

  /// Whole numbers of two bytes each, or of four where the value is one number of four.
  func unsignedList(_ tag: DICOMTag) -> [Int]? {
    guard let bytes = bytes(tag) else { return nil }
    if bytes.count == 4, tag.isLong { return [integer(bytes[0..<4])] }
    guard bytes.count >= 2 else { return nil }
    return stride(from: 0, to: bytes.count - 1, by: 2).map { integer(bytes[$0..<($0 + 2)]) }
  }

  /// Whole numbers of four bytes each.
  func longList(_ tag: DICOMTag) -> [Int]? {
    guard let bytes = bytes(tag), bytes.count % 4 == 0 else { return nil }
    return stride(from: 0, to: bytes.count, by: 4).map { integer(bytes[$0..<($0 + 4)]) }
  }

  /// Whole numbers of eight bytes each, or `nil` when one is too large to count.
  func veryLongList(_ tag: DICOMTag) -> [Int]? {
    guard let bytes = bytes(tag), bytes.count % 8 == 0 else { return nil }
    let numbers = stride(from: 0, to: bytes.count, by: 8).compactMap {
      Int(exactly: pattern(bytes[$0..<($0 + 8)]))
    }
    return numbers.count == bytes.count / 8 ? numbers : nil
  }

  /// Real numbers of eight bytes, or of four where the value has only four.
  func doubles(_ tag: DICOMTag) -> [Double]? {
    guard let bytes = bytes(tag) else { return nil }
    if bytes.count == 4 { return [Double(Float(bitPattern: UInt32(pattern(bytes[0..<4]))))] }
    guard bytes.count % 8 == 0 else { return nil }
    return stride(from: 0, to: bytes.count, by: 8).map {
      Double(bitPattern: pattern(bytes[$0..<($0 + 8)]))
    }
  }

  private func integer(_ bytes: ArraySlice<UInt8>) -> Int { Int(pattern(bytes)) }

  private func pattern(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    let ordered = isBigEndian ? Array(bytes) : bytes.reversed()
    return ordered.reduce(0) { $0 << 8 | UInt64($1) }
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let isPadding = { (byte: UInt8) in byte == 0 || byte == UInt8(ascii: " ") }
    guard let first = bytes.firstIndex(where: { !isPadding($0) }),
      let last = bytes.lastIndex(where: { !isPadding($0) })
    else { return [] }
    return bytes[first...last]
  }
}

extension DICOMTag {
  /// Whether a number of this attribute has four bytes.
  fileprivate var isLong: Bool {
    switch self {
    case .regionLocationMinX0, .regionLocationMinY0, .regionLocationMaxX1, .regionLocationMaxY1,
      .dimensionIndexValues, .temporalPositionIndex:
      true
    default:
      false
    }
  }
}

extension Substring {
  fileprivate func trimmingPrefixAndSuffix(_ character: Character) -> String {
    var rest = drop { $0 == character }
    while rest.last == character { rest.removeLast() }
    return String(rest)
  }
}
