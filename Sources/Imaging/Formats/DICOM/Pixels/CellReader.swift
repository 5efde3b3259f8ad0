/// Numbers of some bits each, as a file stores them.
struct CellReader {
  let bytes: [UInt8]
  let isBigEndian: Bool

  /// The cells of picture `index`, each of `bits` bits, `count` to a picture.
  ///
  /// - Precondition: They are all there.
  func cells(_ bits: Int, _ count: Int, offset: Int, index: Int) -> [UInt32] {
    let start = offset + index * count * bits / 8
    return bytes.withUnsafeBufferPointer { bytes in
      switch bits {
      case 8:
        return (0..<count).map { UInt32(bytes[start + $0]) }
      case 16:
        let (low, high) = isBigEndian ? (1, 0) : (0, 1)
        return (0..<count).map {
          let place = start + 2 * $0
          return UInt32(bytes[place + low]) | UInt32(bytes[place + high]) << 8
        }
      case 32:
        return (0..<count).map { UInt32(truncatingIfNeeded: pattern(bytes, start + 4 * $0, 4)) }
      default:
        return (0..<count).map { packed(bytes, offset, bit: (index * count + $0) * bits, bits) }
      }
    }
  }

  /// The real numbers of picture `index`, of 32 or 64 bits.
  ///
  /// - Precondition: They are all there.
  func reals(_ bits: Int, _ count: Int, offset: Int, index: Int) -> [Double] {
    let size = bits / 8
    let start = offset + index * count * size
    return bytes.withUnsafeBufferPointer { bytes in
      (0..<count).map { number in
        let pattern = pattern(bytes, start + number * size, size)
        return size == 8
          ? Double(bitPattern: pattern)
          : Double(Float(bitPattern: UInt32(truncatingIfNeeded: pattern)))
      }
    }
  }

  private func pattern(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ count: Int) -> UInt64 {
    (0..<count).reduce(0) { pattern, number in
      pattern << 8 | UInt64(bytes[start + (isBigEndian ? number : count - 1 - number)])
    }
  }

  /// A cell that shares bytes with others: the lowest bit comes first.
  private func packed(
    _ bytes: UnsafeBufferPointer<UInt8>, _ offset: Int, bit: Int, _ bits: Int
  ) -> UInt32 {
    (0..<bits).reduce(0) { cell, number in
      let place = bit + number
      return cell | UInt32(bytes[offset + place / 8] >> UInt8(place % 8) & 1) << UInt32(number)
    }
  }
}
