/// Walks through the attributes of a DICOM file and keeps those of ``DICOMTag``, up to the pixels.
///
/// No length in the file is believed before it is compared with what the file has, and sequences
/// may be nested 32 deep, so a damaged file costs no more than its size.
///
/// Source: DICOM PS3.5 section 7.
struct DICOMParser {
  /// Where the pixels are.
  struct PixelElement: Equatable {
    let tag: DICOMTag

    /// Where the value begins.
    let offset: Int

    /// How long it is, or `nil` where it is in fragments.
    let length: Int?
  }

  private static let deepestSequence = 32

  private static let undefinedLength = 0xFFFF_FFFF

  /// Types whose length has four bytes; those of the others has two.
  private static let longTypes: Set<String> = [
    "OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV",
  ]

  let path: String
  let bytes: [UInt8]

  /// What the parser found where pixels begin; nothing after them is read.
  private(set) var pixels: PixelElement?

  private var position: Int

  /// A parser that begins at a byte of what has been read of the file at `path`.
  init(_ bytes: [UInt8], from start: Int, path: String) {
    self.path = path
    self.bytes = bytes
    position = start
  }

  /// Where the parser is.
  var offset: Int { position }

  /// Reads attributes up to the end or the pixels; those of group 2 alone where it is the header.
  mutating func readAll(_ encoding: DICOMEncoding, isHeader: Bool = false) throws(ImagingError)
    -> DICOMDataset
  {
    var dataset = DICOMDataset(isBigEndian: encoding.isBigEndian)
    while position < bytes.count, pixels == nil {
      if isHeader, bytes.count - position < 2 || bytes[position] != 2 || bytes[position + 1] != 0 {
        break
      }
      try readElement(into: &dataset, encoding, end: bytes.count, depth: 0)
    }
    return dataset
  }

  // MARK: Elements

  /// What stands before a value.
  private struct Head {
    let tag: UInt32
    var type = ""
    var length = 0

    var isDelimiter: Bool { tag == 0xFFFE_E00D || tag == 0xFFFE_E0DD }
  }

  /// Reads one element; `false` when it is what ends an item.
  @discardableResult
  private mutating func readElement(
    into dataset: inout DICOMDataset, _ encoding: DICOMEncoding, end: Int, depth: Int
  ) throws(ImagingError) -> Bool {
    let head = try readHead(encoding, end: end)
    if head.isDelimiter {
      guard depth > 0 else { throw damaged("a sequence ends at byte \(position) that never began") }
      return false
    }
    let tag = DICOMTag(rawValue: head.tag)
    if depth == 0, let tag, tag.holdsPixels {
      let length = head.length == Self.undefinedLength ? nil : head.length
      pixels = PixelElement(tag: tag, offset: position, length: length)
      return true
    }
    let isSequence = head.type == "SQ" || (tag?.isSequence ?? false)
    if head.length == Self.undefinedLength || isSequence {
      let items = try readItems(head, encoding, end: end, depth: depth)
      if let tag, tag.isSequence { dataset.set(tag, .items(items)) }
      return true
    }
    try check(head, end: end)
    if let tag { dataset.set(tag, .bytes(Array(bytes[position..<(position + head.length)]))) }
    position += head.length
    return true
  }

  private mutating func readHead(_ encoding: DICOMEncoding, end: Int) throws(ImagingError) -> Head {
    try need(8, end: end, for: "an attribute's tag and length")
    let group = short(position, encoding)
    var head = Head(tag: UInt32(group << 16 | short(position + 2, encoding)))
    let type = bytes[(position + 4)..<(position + 6)]
    // Items and delimiters never say a type.
    let saysType = encoding.isExplicit && group != 0xFFFE
    guard saysType else {
      head.length = long(position + 4, encoding)
      position += 8
      return head
    }
    guard type.allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }) else {
      throw damaged(
        "the attribute \(tagText(head.tag)) at byte \(position) has no type, although the "
          + "transfer syntax promises one")
    }
    head.type = String(decoding: type, as: UTF8.self)
    guard Self.longTypes.contains(head.type) else {
      head.length = short(position + 6, encoding)
      position += 8
      return head
    }
    try need(12, end: end, for: "an attribute's tag and length")
    head.length = long(position + 8, encoding)
    position += 12
    return head
  }

  // MARK: Sequences

  private mutating func readItems(
    _ head: Head, _ encoding: DICOMEncoding, end: Int, depth: Int
  ) throws(ImagingError) -> [DICOMDataset] {
    guard depth < Self.deepestSequence else {
      throw damaged("its sequences are nested more than \(Self.deepestSequence) deep")
    }
    var limit = end
    if head.length != Self.undefinedLength {
      try check(head, end: end)
      limit = position + head.length
    }
    // An unknown type of unknown length is a sequence whose items say no types (PS3.5 6.2.2).
    let inner = head.type == "UN" ? DICOMEncoding.implicit : encoding
    let isKept = DICOMTag(rawValue: head.tag)?.isSequence ?? false
    var items: [DICOMDataset] = []
    while position < limit {
      let item = try readHead(inner, end: limit)
      if item.tag == 0xFFFE_E0DD { return items }
      guard item.tag == 0xFFFE_E000 else {
        throw damaged("the sequence \(tagText(head.tag)) holds \(tagText(item.tag)) for an item")
      }
      let dataset = try readItem(item, inner, end: limit, depth: depth + 1, of: head)
      if isKept { items.append(dataset) }
    }
    guard head.length != Self.undefinedLength else {
      throw damaged("it ends inside the sequence \(tagText(head.tag))")
    }
    return items
  }

  private mutating func readItem(
    _ item: Head, _ encoding: DICOMEncoding, end: Int, depth: Int, of sequence: Head
  ) throws(ImagingError) -> DICOMDataset {
    var dataset = DICOMDataset(isBigEndian: encoding.isBigEndian)
    if item.length != Self.undefinedLength {
      try check(item, end: end)
      let limit = position + item.length
      // What is not a sequence but in fragments, an icon for instance, has bytes for items.
      let isFragment = sequence.type.hasPrefix("O") || sequence.tag == DICOMTag.pixelData.rawValue
      if isFragment { position = limit }
      while position < limit {
        let goesOn = try readElement(into: &dataset, encoding, end: limit, depth: depth)
        if !goesOn { throw damaged("an item of \(tagText(sequence.tag)) ends before its length") }
      }
      return dataset
    }
    while position < end {
      if try !readElement(into: &dataset, encoding, end: end, depth: depth) { return dataset }
    }
    throw damaged("it ends inside an item of the sequence \(tagText(sequence.tag))")
  }

  // MARK: Bytes

  private func check(_ head: Head, end: Int) throws(ImagingError) {
    guard head.length <= end - position else {
      throw damaged(
        "the attribute \(tagText(head.tag)) claims \(head.length) bytes, and "
          + "\(end - position) are left")
    }
  }

  private func need(_ count: Int, end: Int, for what: String) throws(ImagingError) {
    guard end - position >= count else {
      throw damaged("it ends at byte \(end), inside \(what)")
    }
  }

  private func damaged(_ reason: String) -> ImagingError {
    .unreadable(path: path, reason: reason)
  }

  private func short(_ index: Int, _ encoding: DICOMEncoding) -> Int {
    let (first, second) = (Int(bytes[index]), Int(bytes[index + 1]))
    return encoding.isBigEndian ? first << 8 | second : second << 8 | first
  }

  private func long(_ index: Int, _ encoding: DICOMEncoding) -> Int {
    let (first, second) = (short(index, encoding), short(index + 2, encoding))
    return encoding.isBigEndian ? first << 16 | second : second << 16 | first
  }
}
