internal import CDeflate
import Foundation

/// The lines of text at the start of a file.
final class HeaderLines {
  private static let longestHeader = 1 << 26

  private let path: String
  private let stream: PackedStream
  private var buffer: [UInt8] = []
  private var next = 0
  private var hasEnded = false

  /// The byte of the file right after the lines that have been taken.
  private(set) var position = 0

  /// Opens the file at `path`.
  ///
  /// - Throws: ``ImagingError/unreadable(path:reason:)``.
  init(_ path: String, from start: Int = 0) throws(ImagingError) {
    self.path = path
    stream = try PackedStream(path: path, start: start, packing: CDEFLATE_PLAIN)
  }

  /// The next line without its end, or `nil` after the last one.
  ///
  /// - Throws: ``ImagingError/unreadable(path:reason:)``, also for a header that does not end.
  func take() throws(ImagingError) -> String? {
    while true {
      if let end = buffer[next...].firstIndex(of: 0x0A) {
        defer { advance(to: end + 1) }
        return Self.text(buffer[next..<end])
      }
      guard !hasEnded else { break }
      guard position + buffer.count - next < Self.longestHeader else {
        throw .unreadable(path: path, reason: "its header does not end")
      }
      try refill()
    }
    guard next < buffer.count else { return nil }
    defer { advance(to: buffer.count) }
    return Self.text(buffer[next...])
  }

  private func advance(to index: Int) {
    position += index - next
    next = index
  }

  /// Adds at least as much as there is, so that a long line is not searched again and again.
  private func refill() throws(ImagingError) {
    buffer.removeFirst(next)
    next = 0
    let wanted = max(1 << 16, buffer.count)
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: wanted, alignment: 16)
    defer { block.deallocate() }
    let found = try stream.read(block)
    buffer.append(contentsOf: block[..<found])
    hasEnded = found < wanted
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes.last == 0x0D ? bytes.dropLast() : bytes, as: UTF8.self)
  }
}
