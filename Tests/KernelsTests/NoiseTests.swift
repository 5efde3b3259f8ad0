import CKernels
import Foundation
import Testing

/// Bounds are five standard errors, so that a right generator fails them once in a million seeds.
struct NoiseTests {
  private func noise(_ count: Int, seed: UInt64, deviation: Double = 1) -> [Double] {
    var values = [Float](repeating: 0, count: count)
    #expect(ckernels_add_noise(&values, Int64(count), deviation, seed) == 0)
    return values.map { Double($0) }
  }

  private func meanProduct(_ left: some Sequence<Double>, _ right: some Sequence<Double>) -> Double
  {
    var (sum, count) = (0.0, 0.0)
    for (left, right) in zip(left, right) {
      sum += left * right
      count += 1
    }
    return sum / count
  }

  @Test(arguments: [1, 2, 0xDEAD_BEEF] as [UInt64])
  func hasTheMomentsAndTailsOfTheNormalDistribution(seed: UInt64) {
    let count = 1 << 20
    let values = noise(count, seed: seed)
    let number = Double(count)
    let moment = { (power: Int) in values.map { pow($0, Double(power)) }.reduce(0, +) / number }
    // Variances of the powers of a normal number: 1, 2, 15, 96.
    #expect(abs(moment(1)) < 5 * (1 / number).squareRoot())
    #expect(abs(moment(2) - 1) < 5 * (2 / number).squareRoot())
    #expect(abs(moment(3)) < 5 * (15 / number).squareRoot())
    #expect(abs(moment(4) - 3) < 5 * (96 / number).squareRoot())
    for limit in [0.5, 1, 2, 3, 4] {
      let share = erfc(limit / 2.0.squareRoot())
      let found = Double(values.filter { abs($0) > limit }.count) / number
      #expect(abs(found - share) < 5 * (share / number).squareRoot(), "beyond \(limit)")
    }
  }

  /// The largest distance between the distribution function and the normal one.
  @Test func passesKolmogorovsTest() {
    let values = noise(1 << 18, seed: 42).sorted()
    let number = Double(values.count)
    let distance = values.enumerated().map { index, value in
      abs(erfc(-value / 2.0.squareRoot()) / 2 - (Double(index) + 0.5) / number)
    }.max()
    // 1.95 / √n is exceeded once in a thousand samples.
    #expect(distance ?? 1 < 1.95 / number.squareRoot())
  }

  @Test func lanesAndNeighboursAreIndependent() {
    let values = noise(1 << 18, seed: 7)
    let squares = values.map { $0 * $0 - 1 }
    let bound = 5 / Double(values.count).squareRoot()
    for distance in 1...64 {
      #expect(abs(meanProduct(values, values.dropFirst(distance))) < bound, "\(distance) apart")
      // Of squares, which would show a radius that two numbers share; their variance is 2 each.
      #expect(
        abs(meanProduct(squares, squares.dropFirst(distance))) < 2 * bound, "\(distance) apart")
    }
  }

  @Test func neighbouringSeedsAreIndependent() {
    let first = noise(1 << 18, seed: 1000)
    for seed in 1001...1016 as ClosedRange<UInt64> {
      let other = noise(1 << 18, seed: seed)
      #expect(abs(meanProduct(first, other)) < 5 / Double(first.count).squareRoot())
    }
  }

  @Test func theSeedDecides() {
    #expect(noise(100, seed: 5) == noise(100, seed: 5))
    #expect(noise(100, seed: 5) != noise(100, seed: 6))
    // A shorter patch has the beginning of the longer one's noise.
    #expect(noise(37, seed: 5) == Array(noise(100, seed: 5).prefix(37)))
  }

  @Test func withoutAVX2ItIsTheSameButForRounding() {
    let fast = noise(10_000, seed: 9, deviation: 0.1)
    ckernels_allow_avx2(0)
    defer { ckernels_allow_avx2(1) }
    for (fast, portable) in zip(fast, noise(10_000, seed: 9, deviation: 0.1)) {
      #expect(abs(fast - portable) < 1e-6)
    }
  }

  @Test func aNegativeDeviationIsRefused() {
    var value: Float = 0
    #expect(ckernels_add_noise(&value, 1, -1, 1) == 1)
    #expect(
      String(cString: ckernels_last_error()) == "a standard deviation is negative or not a number")
  }
}
