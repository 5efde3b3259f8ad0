internal import CDeflate
import Foundation

/// A file that is read piece by piece, inflated on the way.
final class PackedStream {
  private let path: String
  private let pointer: OpaquePointer

  /// How many bytes, once inflated, have been read or passed over.
  private(set) var position = 0

  /// Opens the file, whose packed bytes begin at byte `start`.
  ///
  /// - Throws: ``ImagingError/unreadable(path:reason:)``.
  init(path: String, start: Int = 0, packing: cdeflate_packing) throws(ImagingError) {
    var pointer: OpaquePointer?
    let status = cdeflate_open(path, Int64(start), packing, &pointer)
    guard status == CDEFLATE_DONE, let pointer else { throw Self.error(status, path) }
    (self.path, self.pointer) = (path, pointer)
  }

  deinit {
    cdeflate_close(pointer)
  }

  /// Fills `bytes`, or as much of it as the file has bytes for, and returns how much.
  ///
  /// - Throws: ``ImagingError/unreadable(path:reason:)`` for data that are damaged.
  func read(_ bytes: UnsafeMutableRawBufferPointer) throws(ImagingError) -> Int {
    try advance(bytes.baseAddress, bytes.count)
  }

  /// Passes over `count` bytes, or as many as there are, and returns how many.
  func skip(_ count: Int) throws(ImagingError) -> Int {
    try advance(nil, count)
  }

  /// Checks, after the last byte that is wanted, that the packed data end soundly.
  func checkEnd() throws(ImagingError) {
    let found = try skip(1 << 16)
    guard found < 1 << 16, cdeflate_is_cut(pointer) != 0 else { return }
    throw .unreadable(path: path, reason: "its compressed data end too early")
  }

  private func advance(_ bytes: UnsafeMutableRawPointer?, _ count: Int) throws(ImagingError) -> Int
  {
    guard count > 0 else { return 0 }
    var found: Int64 = 0
    let status = cdeflate_read(pointer, bytes, Int64(count), &found)
    position += Int(found)
    guard status == CDEFLATE_DONE else { throw Self.error(status, path) }
    return Int(found)
  }

  private static func error(_ status: cdeflate_status, _ path: String) -> ImagingError {
    switch status {
    case CDEFLATE_DAMAGED: .unreadable(path: path, reason: "its compressed data are damaged")
    case CDEFLATE_NO_MEMORY: .unreadable(path: path, reason: "there is no memory left")
    default: .unreadable(path: path, reason: systemReason(errno))
    }
  }
}

extension PackedStream {
  /// The first bytes of a file, at most `count`, inflated when the file is gzip; what is damaged
  /// ends them.
  static func start(of path: String, count: Int) throws(ImagingError) -> [UInt8] {
    let stream = try PackedStream(path: path, packing: CDEFLATE_GZIP_OR_PLAIN)
    let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 16)
    defer { bytes.deallocate() }
    do throws(ImagingError) {
      return Array(bytes[..<(try stream.read(bytes))])
    } catch {
      guard stream.position > 0 else { throw error }
      return Array(bytes[..<stream.position])
    }
  }
}
