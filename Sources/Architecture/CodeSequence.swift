/// Every code of some places once, in steps that spread over all of them from the start.
///
/// Codes are numbers in mixed radix; each step adds the golden section of their count, made coprime
/// to it. So every code comes exactly once, and any few in a row lie far apart.
///
/// Source: the additive recurrence by the golden ratio, D. Knuth, "The Art of Computer Programming",
/// volume 3, section 6.4.
public struct CodeSequence: Sequence, IteratorProtocol, Sendable {
  private let places: [Int]
  private let step: [Int]
  private var code: [Int]
  private var isDone = false

  /// - Parameter places: The number of choices at each place.
  /// - Precondition: Every place has a choice.
  public init(places: [Int]) {
    precondition(places.allSatisfy { $0 > 0 }, "a place without a choice in \(places)")
    self.places = places
    step = Self.step(for: places)
    code = places.map { _ in 0 }
  }

  public mutating func next() -> [Int]? {
    guard !isDone else { return nil }
    let result = code
    Self.add(step, to: &code, places: places)
    isDone = code.allSatisfy { $0 == 0 }
    return result
  }

  /// The golden section of the number of codes, or the next larger number coprime to it.
  private static func step(for places: [Int]) -> [Int] {
    var rest = 0.6180339887498949
    var step = places.map { choices in
      rest *= Double(choices)
      let digit = Int(rest)
      rest -= Double(digit)
      return digit
    }
    guard !places.isEmpty else { return [] }
    let one = places.indices.map { $0 == places.count - 1 ? 1 : 0 }
    while !isCoprime(step, places: places) {
      // A last place with a single choice carries its one on to the place before.
      add(one, to: &step, places: places)
    }
    return step
  }

  /// Whether a number shares no factor with the number of codes.
  private static func isCoprime(_ number: [Int], places: [Int]) -> Bool {
    let most = places.max() ?? 1
    guard most > 1 else { return true }
    return (2...most).allSatisfy { divisor in
      guard places.contains(where: { $0 % divisor == 0 }) else { return true }
      let remainder = zip(number, places).reduce(0) { ($0 * $1.1 + $1.0) % divisor }
      return remainder != 0
    }
  }

  /// Adds in mixed radix, the last place being the lowest, and drops what is carried out.
  private static func add(_ number: [Int], to sum: inout [Int], places: [Int]) {
    var carry = 0
    for place in places.indices.reversed() {
      let total = sum[place] + number[place] + carry
      sum[place] = total % places[place]
      carry = total / places[place]
    }
  }
}
