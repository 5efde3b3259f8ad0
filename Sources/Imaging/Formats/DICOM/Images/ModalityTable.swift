/// A table that gives stored numbers their meaning, where no slope and intercept do.
///
/// Source: DICOM PS3.3 C.11.1 (Modality LUT Module).
struct ModalityTable {
  private let first: Int
  private let entries: [Double]

  /// Reads the table of `file`, or `nil` when it has none.
  ///
  /// - Throws: ``ImagingError/unreadable(path:reason:)``.
  init?(_ file: DICOMFile) throws(ImagingError) {
    guard let item = file.dataset.items(.modalityLUTSequence).first,
      file.dataset.bytes(.rescaleSlope) == nil
    else { return nil }
    guard let descriptor = item.unsignedList(.lutDescriptor), descriptor.count == 3,
      let bytes = item.bytes(.lutData)
    else { throw .unreadable(path: file.path, reason: "its Modality LUT is not whole") }
    let count = descriptor[0] == 0 ? 65536 : descriptor[0]
    let bits = bytes.count >= 2 * count ? 16 : 8
    guard bytes.count * 8 >= count * bits else {
      throw .unreadable(
        path: file.path, reason: "its Modality LUT has \(bytes.count) bytes for \(count) entries")
    }
    let reader = CellReader(bytes: bytes, isBigEndian: item.isBigEndian)
    entries = reader.cells(bits, count, offset: 0, index: 0).map(Double.init)
    let isSigned = file.dataset.unsigned(.pixelRepresentation) == 1
    first = isSigned ? Int(Int16(truncatingIfNeeded: descriptor[1])) : descriptor[1]
  }

  /// What a stored number means; numbers beyond the table mean what its ends mean.
  func value(of number: Double) -> Double {
    entries[min(max(Int(number) - first, 0), entries.count - 1)]
  }
}
