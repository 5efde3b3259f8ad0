/// A small, fast generator whose whole state is one number, so a stream is named by its seed.
///
/// Everything random in Chiasm comes from such a stream: the n-th batch of a training draws from
/// `SplitMix64(seed: seed, stream: n)`, which makes a resumed run equal to an uninterrupted one.
///
/// Source: G. Steele, D. Lea, C. Flood, "Fast Splittable Pseudorandom Number Generators",
/// OOPSLA 2014.
public struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// The stream that `seed` names.
  public init(seed: UInt64) {
    state = seed
  }

  /// The `stream`-th of the independent streams that `seed` names.
  public init(seed: UInt64, stream: UInt64) {
    var seeder = SplitMix64(seed: seed)
    var mixer = SplitMix64(seed: seeder.next() ^ (stream &* 0xD134_2543_DE82_EF95))
    state = mixer.next()
  }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}
