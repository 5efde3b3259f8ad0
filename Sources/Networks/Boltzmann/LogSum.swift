import Foundation

/// The logarithm of a sum of numbers given by their logarithms, which may be large.
struct LogSum {
  private var largest = -Double.infinity
  private var scaled = 0.0

  /// −∞ as long as nothing was added.
  var value: Double { scaled > 0 ? largest + log(scaled) : -.infinity }

  mutating func add(_ logarithm: Double) {
    guard logarithm > -.infinity else { return }
    if logarithm > largest {
      scaled = scaled * exp(largest - logarithm) + 1
      largest = logarithm
    } else {
      scaled += exp(logarithm - largest)
    }
  }
}
