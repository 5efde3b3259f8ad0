/// The colours that indices stand for.
///
/// Source: DICOM PS3.3 C.7.6.3.1.5 and C.7.6.3.1.6.
struct DICOMPalette {
  /// The brightness of every entry.
  private let entries: [Double]

  /// The index that the first entry stands for.
  private let first: Int

  /// Reads the three tables of `file`.
  ///
  /// - Throws: ``ImagingError``.
  init(_ file: DICOMFile) throws(ImagingError) {
    guard file.dataset.bytes(.redSegmentedPaletteData) == nil else {
      throw .unsupported(
        path: file.path, found: "a palette in segments", advice: "Convert it to RGB.")
    }
    let red = try Self.table(file, .redPaletteDescriptor, .redPaletteData)
    let green = try Self.table(file, .greenPaletteDescriptor, .greenPaletteData)
    let blue = try Self.table(file, .bluePaletteDescriptor, .bluePaletteData)
    guard red.entries.count == green.entries.count, red.entries.count == blue.entries.count else {
      throw .unreadable(path: file.path, reason: "its palette has more of one colour than another")
    }
    first = red.first
    entries = red.entries.indices.map {
      Self.luma(red.entries[$0], green.entries[$0], blue.entries[$0])
    }
  }

  /// The brightness of a colour by the weights of ITU-R BT.601.
  static func luma(_ red: Double, _ green: Double, _ blue: Double) -> Double {
    (299 * red + 587 * green + 114 * blue) / 1000
  }

  /// The brightness of indices; those beyond the table have that of its ends.
  func luma(of indices: [Int32]) -> [Double] {
    indices.map { entries[min(max(Int($0) - first, 0), entries.count - 1)] }
  }

  private static func table(
    _ file: DICOMFile, _ descriptorTag: DICOMTag, _ dataTag: DICOMTag
  ) throws(ImagingError) -> (entries: [Double], first: Int) {
    guard let descriptor = file.dataset.unsignedList(descriptorTag), descriptor.count == 3,
      let bytes = file.dataset.bytes(dataTag)
    else { throw .unreadable(path: file.path, reason: "its palette is not whole") }
    // 65536 does not fit in the two bytes of the count, and is written as 0.
    let count = descriptor[0] == 0 ? 65536 : descriptor[0]
    let first = Int(Int16(truncatingIfNeeded: descriptor[1]))
    let bits = bytes.count >= 2 * count ? 16 : 8
    guard bytes.count * 8 >= count * bits else {
      throw .unreadable(
        path: file.path,
        reason: "its palette has \(bytes.count) bytes for \(count) entries")
    }
    let reader = CellReader(bytes: bytes, isBigEndian: file.dataset.isBigEndian)
    return (reader.cells(bits, count, offset: 0, index: 0).map(Double.init), first)
  }
}
