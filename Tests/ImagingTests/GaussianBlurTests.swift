import Randomness
import Testing

@testable import Imaging

@Suite struct GaussianBlurTests {
  @Test func aPointSpreadsSymmetricallyAndKeepsItsSum() {
    var values = [Float](repeating: 0, count: 9 * 9 * 9)
    values[4 + 9 * (4 + 9 * 4)] = 1
    GaussianBlur.apply(to: &values, size: [9, 9, 9], deviations: [1, 0.5, 1])
    #expect(abs(values.reduce(0, +) - 1) < 1e-5)
    #expect(values[3 + 9 * (4 + 9 * 4)] == values[5 + 9 * (4 + 9 * 4)])
    // One voxel along x is one deviation away: exp(-1/2) of the middle.
    let ratio = values[3 + 9 * (4 + 9 * 4)] / values[4 + 9 * (4 + 9 * 4)]
    #expect(abs(ratio - 0.60653) < 1e-4)
    // Along y it is two deviations: exp(-2).
    let other = values[4 + 9 * (3 + 9 * 4)] / values[4 + 9 * (4 + 9 * 4)]
    #expect(abs(other - 0.13534) < 1e-4)
  }

  @Test func keepingPowerKeepsTheDeviationOfNoise() {
    var generator = SplitMix64(seed: 1)
    var values = (0..<8000).map { _ in Float(generator.normal()) }
    GaussianBlur.apply(
      to: &values, size: [20, 20, 20], deviations: [1.5, 0, 0.7], keepingPower: true)
    // The outermost voxels lack neighbours, so only the middle is measured.
    var middle: [Float] = []
    for z in 4..<16 {
      for y in 0..<20 { middle += values[(5 + 20 * (y + 20 * z))..<(15 + 20 * (y + 20 * z))] }
    }
    let power = middle.reduce(0) { $0 + $1 * $1 } / Float(middle.count)
    #expect(abs(power.squareRoot() - 1) < 0.08)
  }
}
