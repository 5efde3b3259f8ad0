internal import CDeflate
import Foundation

/// Voxels that a file writes out as text.
struct VoxelText: VoxelProvider {
  let path: String

  /// The byte of the file where the text begins.
  let start: Int

  let type: VoxelType
  let count: Int

  /// Whether two digits to a byte, in the order of bytes of the file, stand for the numbers rather
  /// than decimal numbers.
  var isHexadecimal = false
  var isSwapped = false

  func read(_ voxels: Range<Int>, threads: Int?) throws(ImagingError) -> VoxelBytes {
    let all = isHexadecimal ? try readDigits() : try readNumbers()
    guard voxels != 0..<count else { return all }
    let width = type.byteCount
    return all.slice(voxels.lowerBound * width..<voxels.upperBound * width)
  }

  private func text() throws(ImagingError) -> [UInt8] {
    let facts = try FileFacts.of(path)
    let length = max(0, facts.byteCount - start)
    let stream = try PackedStream(path: path, start: start, packing: CDEFLATE_PLAIN)
    let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: length, alignment: 16)
    defer { bytes.deallocate() }
    return Array(bytes[..<(try stream.read(bytes))])
  }

  /// The numbers between spaces and commas.
  private func readNumbers() throws(ImagingError) -> VoxelBytes {
    let bytes = VoxelBytes(count: count * type.byteCount)
    let text = try text()
    var place = 0
    for word in text.split(whereSeparator: { $0 <= 0x20 || $0 == 0x2C }) where place < count {
      guard store(String(decoding: word, as: UTF8.self), at: place, in: bytes.memory) else {
        let shown = String(decoding: word.prefix(20), as: UTF8.self)
        throw .unreadable(path: path, reason: "'\(shown)' is no \(type)")
      }
      place += 1
    }
    guard place == count else { throw truncated(found: place * type.byteCount) }
    return bytes
  }

  /// Stores one number, and says whether it is one of the type.
  private func store(
    _ word: String, at place: Int, in memory: UnsafeMutableRawBufferPointer
  ) -> Bool {
    func put<Number: BitwiseCopyable>(_ number: Number?) -> Bool {
      guard let number else { return false }
      memory.storeBytes(of: number, toByteOffset: place * type.byteCount, as: Number.self)
      return true
    }
    switch type {
    case .uint8: return put(UInt8(word))
    case .int8: return put(Int8(word))
    case .uint16: return put(UInt16(word))
    case .int16: return put(Int16(word))
    case .uint32: return put(UInt32(word))
    case .int32: return put(Int32(word))
    case .uint64: return put(UInt64(word))
    case .int64: return put(Int64(word))
    case .float32: return put(Float(word))
    case .float64: return put(Double(word))
    }
  }

  /// The bytes that pairs of digits stand for.
  private func readDigits() throws(ImagingError) -> VoxelBytes {
    let bytes = VoxelBytes(count: count * type.byteCount)
    var place = 0
    for digit in try text() where place < 2 * bytes.count {
      if digit <= 0x20 { continue }
      guard let value = Character(UnicodeScalar(digit)).hexDigitValue else {
        throw .unreadable(path: path, reason: "its text is not all hexadecimal digits")
      }
      let earlier = place % 2 == 0 ? 0 : bytes.memory[place / 2]
      bytes.memory[place / 2] = earlier << 4 | UInt8(value)
      place += 1
    }
    guard place == 2 * bytes.count else { throw truncated(found: place / 2) }
    if isSwapped { bytes.swap(type) }
    return bytes
  }

  private func truncated(found: Int) -> ImagingError {
    .truncated(path: path, expected: count * type.byteCount, found: found)
  }
}
