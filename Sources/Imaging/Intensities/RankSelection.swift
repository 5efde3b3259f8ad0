/// The value of a given rank without sorting.
///
/// Values are counted by the upper and then the lower 16 bits of keys that are ordered as the values
/// are, so the cost is the same for every input.
struct RankSelection {
  private let values: [Float]

  /// How many values share each upper half of a key.
  private let counts: [Int32]

  /// - Precondition: No value is NaN, and there are fewer than 2^31.
  init(of values: [Float]) {
    var counts = [Int32](repeating: 0, count: 1 << 16)
    for value in values { counts[Int(Self.key(value) >> 16)] += 1 }
    (self.values, self.counts) = (values, counts)
  }

  /// The value that `rank` others precede in ascending order.
  ///
  /// - Precondition: The rank is that of a value.
  /// - Complexity: O(*n*).
  func value(ofRank rank: Int) -> Float {
    precondition(values.indices.contains(rank), "no value has the rank \(rank)")
    let (upper, rest) = Self.bucket(of: rank, in: counts)
    var lower = [Int32](repeating: 0, count: 1 << 16)
    for value in values {
      let key = Self.key(value)
      if Int(key >> 16) == upper { lower[Int(key & 0xFFFF)] += 1 }
    }
    return Self.value(UInt32(upper) << 16 | UInt32(Self.bucket(of: rest, in: lower).bucket))
  }

  /// The bucket in which a rank lies, and how many of the bucket's values precede it.
  private static func bucket(of rank: Int, in counts: [Int32]) -> (bucket: Int, rest: Int) {
    var rest = rank
    for (bucket, count) in counts.enumerated() {
      if rest < Int(count) { return (bucket, rest) }
      rest -= Int(count)
    }
    preconditionFailure("the rank \(rank) is beyond all values")
  }

  /// A number that is ordered as the value is: the sign turned, negative numbers turned round.
  private static func key(_ value: Float) -> UInt32 {
    let bits = value.bitPattern
    return bits & 0x8000_0000 == 0 ? bits | 0x8000_0000 : ~bits
  }

  private static func value(_ key: UInt32) -> Float {
    Float(bitPattern: key & 0x8000_0000 == 0 ? ~key : key & 0x7FFF_FFFF)
  }
}
