internal import CDeflate

/// The deflated transfer syntax, in which all that follows a file's own header is compressed.
///
/// Source: DICOM PS3.5 annex A.5.
enum DeflatedDICOM {
  /// Inflates what begins at byte `start`.
  ///
  /// - Throws: ``ImagingError/unreadable(path:reason:)``.
  static func inflate(
    _ bytes: [UInt8], from start: Int, path: String
  ) throws(ImagingError) -> [UInt8] {
    let packed = bytes[start...]
    let most = FileFacts.largestContent(ofPacked: packed.count)
    var room = min(most, max(1 << 16, 4 * packed.count))
    while true {
      var status = CDEFLATE_DONE
      let inflated = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
        var found: Int64 = 0
        status = packed.withUnsafeBytes {
          cdeflate_inflate(
            $0.baseAddress, Int64($0.count), CDEFLATE_BARE, buffer.baseAddress, Int64(room), &found)
        }
        count = Int(found)
      }
      if status == CDEFLATE_DONE { return inflated }
      guard status == CDEFLATE_LONGER, room < most else {
        throw .unreadable(path: path, reason: "its compressed data are damaged")
      }
      room = min(most, room * 4)
    }
  }
}
