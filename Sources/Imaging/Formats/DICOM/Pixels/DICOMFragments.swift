/// Where the compressed pictures of a DICOM file are: each is one or more pieces of it.
///
/// Source: DICOM PS3.5 annex A.4.
struct DICOMFragments {
  /// The pieces of every picture.
  let frames: [[Range<Int>]]

  /// Finds the pieces of `count` pictures.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - offset: Where the pixels' value begins.
  ///   - dataset: The file's attributes; an extended table of offsets is used when there is one.
  /// - Throws: ``ImagingError``.
  init(
    _ bytes: [UInt8], at offset: Int, count: Int, isBigEndian: Bool, dataset: DICOMDataset,
    path: String
  ) throws(ImagingError) {
    let walk = Walk(bytes: bytes, isBigEndian: isBigEndian, path: path)
    let (table, fragments) = try walk.pieces(from: offset)
    let extended = dataset.veryLongList(.extendedOffsetTable) ?? []
    if fragments.count == count {
      frames = fragments.map { [$0] }
    } else if count == 1, !fragments.isEmpty {
      frames = [fragments]
    } else if let grouped = Self.group(fragments, by: extended.isEmpty ? table : extended, count) {
      frames = grouped
    } else if let grouped = Self.group(fragments, count, wherePicturesBeginIn: bytes) {
      frames = grouped
    } else {
      throw .unreadable(
        path: path,
        reason: "its header counts \(count) pictures, and \(fragments.count) compressed pieces "
          + "are there")
    }
  }

  /// Puts the pieces together that lie between two offsets, which count from the first piece's
  /// mark.
  private static func group(
    _ fragments: [Range<Int>], by offsets: [Int], _ count: Int
  ) -> [[Range<Int>]]? {
    guard offsets.count == count, count > 0, let first = fragments.first else { return nil }
    let places = fragments.map { $0.lowerBound - first.lowerBound }
    var groups: [[Range<Int>]] = []
    for (fragment, place) in zip(fragments, places) {
      if groups.count < count, offsets[groups.count] == place { groups.append([]) }
      guard !groups.isEmpty else { return nil }
      groups[groups.count - 1].append(fragment)
    }
    return groups.count == count ? groups : nil
  }

  /// Puts the pieces together up to the next that begins as a picture of JPEG or JPEG 2000 does.
  private static func group(
    _ fragments: [Range<Int>], _ count: Int, wherePicturesBeginIn bytes: [UInt8]
  ) -> [[Range<Int>]]? {
    var groups: [[Range<Int>]] = []
    for fragment in fragments {
      let start = bytes[fragment].prefix(2)
      if start.elementsEqual([0xFF, 0xD8]) || start.elementsEqual([0xFF, 0x4F]) {
        groups.append([])
      }
      guard !groups.isEmpty else { return nil }
      groups[groups.count - 1].append(fragment)
    }
    return groups.count == count ? groups : nil
  }

  /// Goes from one item to the next.
  private struct Walk {
    let bytes: [UInt8]
    let isBigEndian: Bool
    let path: String

    /// The table of offsets in the first item, and the pieces in the others.
    func pieces(from offset: Int) throws(ImagingError) -> (table: [Int], fragments: [Range<Int>]) {
      var position = offset
      var items: [Range<Int>] = []
      while bytes.count - position >= 8 {
        let tag = number(position) << 16 | number(position + 2)
        let length = long(position + 4)
        position += 8
        if tag == 0xFFFE_E0DD { break }
        guard tag == 0xFFFE_E000 else {
          throw damaged("between its compressed pictures is \(tagText(UInt32(tag))) for an item")
        }
        guard length <= bytes.count - position else {
          throw damaged(
            "a compressed picture claims \(length) bytes, and \(bytes.count - position) are left")
        }
        items.append(position..<(position + length))
        position += length
      }
      guard let first = items.first else { throw damaged("it has no compressed picture") }
      let table = stride(from: first.lowerBound, to: first.upperBound - 3, by: 4).map(long)
      return (table, Array(items.dropFirst()))
    }

    private func damaged(_ reason: String) -> ImagingError {
      .unreadable(path: path, reason: reason)
    }

    private func number(_ index: Int) -> Int {
      let (first, second) = (Int(bytes[index]), Int(bytes[index + 1]))
      return isBigEndian ? first << 8 | second : second << 8 | first
    }

    private func long(_ index: Int) -> Int {
      let (first, second) = (number(index), number(index + 2))
      return isBigEndian ? first << 16 | second : second << 16 | first
    }
  }
}
