import Imaging

/// A NIfTI file made byte by byte, so that it can be wrong in any field.
struct NIfTIBytes {
  var version = 1
  var isSwapped = false
  var isPair = false
  var dim: [Int] = [3, 3, 2, 2, 1, 1, 1, 1]
  var dataType = 2
  var pixdim: [Double] = [1, 2, 3, 4, 1, 1, 1, 1]
  var offset: Double?
  var slope = 0.0
  var intercept = 0.0
  var qformCode = 0
  var sformCode = 0
  var quaternion = [0.0, 0, 0]
  var quaternionOffset = [0.0, 0, 0]
  var sform: [Double] = [2, 0, 0, -1, 0, 3, 0, -2, 0, 0, 4, -3]
  var units = 2
  var magic: [UInt8]?

  /// The header, without the four bytes of extension after it.
  var header: [UInt8] {
    version == 2 ? secondHeader : firstHeader
  }

  /// A whole single file.
  func file(_ voxels: [UInt8]) -> [UInt8] {
    header + [0, 0, 0, 0] + voxels
  }

  /// The bytes of numbers in this file's order.
  func bytes<Number>(of numbers: [Number]) -> [UInt8] {
    numbers.flatMap { number in
      let bytes = withUnsafeBytes(of: number) { Array($0) }
      return isSwapped ? bytes.reversed() : bytes
    }
  }

  private var firstHeader: [UInt8] {
    var result = bytes(of: [Int32(348)]) + [UInt8](repeating: 0, count: 36)
    result += bytes(of: dim.map(Int16.init(truncatingIfNeeded:)))  // 40
    result += [UInt8](repeating: 0, count: 14)
    result += bytes(of: [Int16(dataType), 0, 0])  // 70
    result += bytes(of: pixdim.map(Float.init))  // 76
    result += bytes(of: [Float(offset ?? (isPair ? 0 : 352)), Float(slope), Float(intercept)])
    result += [0, 0, 0, UInt8(units)]  // 120
    result += [UInt8](repeating: 0, count: 128)
    result += bytes(of: [Int16(qformCode), Int16(sformCode)])  // 252
    result += bytes(of: (quaternion + quaternionOffset + sform).map(Float.init))  // 256
    result += [UInt8](repeating: 0, count: 16)
    return result + (magic ?? (isPair ? [0x6E, 0x69, 0x31, 0] : [0x6E, 0x2B, 0x31, 0]))
  }

  private var secondHeader: [UInt8] {
    var result = bytes(of: [Int32(540)])
    result += magic ?? [0x6E, isPair ? 0x69 : 0x2B, 0x32, 0, 0x0D, 0x0A, 0x1A, 0x0A]
    result += bytes(of: [Int16(dataType), 0])  // 12
    result += bytes(of: dim.map(Int64.init))  // 16
    result += bytes(of: [0.0, 0, 0])
    result += bytes(of: pixdim)  // 104
    result += bytes(of: [Int64(offset ?? (isPair ? 0 : 544))])  // 168
    result += bytes(of: [slope, intercept, 0, 0, 0, 0])  // 176
    result += [UInt8](repeating: 0, count: 120)
    result += bytes(of: [Int32(qformCode), Int32(sformCode)])  // 344
    result += bytes(of: quaternion + quaternionOffset + sform)  // 352
    result += bytes(of: [Int32(0), Int32(units), 0])  // 496
    return result + [UInt8](repeating: 0, count: 32)
  }
}

/// Bytes as a gzip file that stores them as they are.
func gzip(_ bytes: [UInt8]) -> [UInt8] {
  let littleEndian = { (number: UInt32) in withUnsafeBytes(of: number.littleEndian) { Array($0) } }
  var result: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
  for start in stride(from: 0, to: max(1, bytes.count), by: 65535) {
    let block = bytes[start..<min(start + 65535, bytes.count)]
    let length = UInt32(block.count)
    result.append(start + 65535 >= bytes.count ? 1 : 0)
    result += littleEndian(length | (~length << 16)) + block
  }
  var checksum = UInt32.max
  for byte in bytes {
    checksum ^= UInt32(byte)
    for _ in 0..<8 { checksum = checksum >> 1 ^ (checksum & 1 == 1 ? 0xEDB8_8320 : 0) }
  }
  return result + littleEndian(~checksum) + littleEndian(UInt32(bytes.count))
}

extension NIfTIBytes {
  /// Small numbers as a type of file, in this file's order.
  func numbers(_ numbers: [Int], _ type: VoxelType) -> [UInt8] {
    switch type {
    case .uint8: bytes(of: numbers.map(UInt8.init))
    case .int8: bytes(of: numbers.map(Int8.init))
    case .uint16: bytes(of: numbers.map(UInt16.init))
    case .int16: bytes(of: numbers.map(Int16.init))
    case .uint32: bytes(of: numbers.map(UInt32.init))
    case .int32: bytes(of: numbers.map(Int32.init))
    case .uint64: bytes(of: numbers.map(UInt64.init))
    case .int64: bytes(of: numbers.map(Int64.init))
    case .float32: bytes(of: numbers.map(Float.init))
    case .float64: bytes(of: numbers.map(Double.init))
    }
  }
}

/// Bytes, at most 65535, in zlib's container, stored as they are.
func zlib(_ bytes: [UInt8]) -> [UInt8] {
  let length = UInt16(bytes.count)
  var (low, high): (UInt32, UInt32) = (1, 0)
  for byte in bytes {
    low = (low + UInt32(byte)) % 65521
    high = (high + low) % 65521
  }
  let littleEndian = { (number: UInt16) in withUnsafeBytes(of: number.littleEndian) { Array($0) } }
  let checksum = withUnsafeBytes(of: (high << 16 | low).bigEndian) { Array($0) }
  return [0x78, 0x01, 1] + littleEndian(length) + littleEndian(~length) + bytes + checksum
}
