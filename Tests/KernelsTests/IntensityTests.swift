import CKernels
import Foundation
import TestSupport
import Testing

struct IntensityTests {
  private let count = Int64(ReferencePatch.count)

  private func statistics(_ values: [Float]) -> ckernels_statistics {
    var result = ckernels_statistics()
    #expect(ckernels_measure(&result, values, Int64(values.count)) == 0)
    return result
  }

  @Test(arguments: [1, 7, 8, 9, 1023, 1025, 5000])
  func measuresMeanDeviationAndRange(count: Int) {
    // Far from zero, where sums of squares in float32 would lose the deviation.
    let values = wave(count, step: 0.7).map { Float($0 + 1000) }
    let found = statistics(values)
    let exact = values.map { Double($0) }
    let mean = exact.reduce(0, +) / Double(count)
    let variance = exact.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(count)
    expectClose(found.mean, mean, within: 1e-6)
    expectClose(found.deviation, variance.squareRoot(), within: 1e-6)
    #expect(found.lowest == values.min() && found.highest == values.max())
  }

  @Test func contrastAgreesWithNNUNet() throws {
    let before = statistics(ReferencePatch.image)
    for found in ReferencePatch.changed({ patch, _ in
      ckernels_rescale(
        patch, count, 1.2, Float(-0.2 * before.mean), before.lowest, before.highest)
    }) {
      expectClose(found, try ReferencePatch.reference("contrast"), within: 3e-6)
    }
  }

  @Test(arguments: [("gamma", 0.8, 0), ("inverted gamma", 1.4, 1)] as [(String, Double, Int32)])
  func gammaAgreesWithNNUNet(name: String, exponent: Double, isInverted: Int32) throws {
    let before = statistics(ReferencePatch.image)
    for found in ReferencePatch.changed({ patch, _ in
      ckernels_gamma(patch, count, exponent, isInverted, before)
    }) {
      expectClose(found, try ReferencePatch.reference(name), within: 5e-6)
    }
  }

  /// With statistics that make the standardisation undo itself, what is left is the power.
  @Test(arguments: [0.7, 1.0, 1.5])
  func thePowersRelativeErrorIsBelowItsBound(exponent: Double) {
    let values = (0..<4096).map { Float(pow(2, -Double($0) / 4095 * 30)) }
    let powers = values.map { pow(Double($0), Double(Float(exponent))) }
    let mean = powers.reduce(0, +) / 4096
    let variance = powers.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 4096
    // From 0 to 1, so that the range's map changes nothing.
    let given = ckernels_statistics(
      mean: mean, deviation: variance.squareRoot(), lowest: 0, highest: 1)
    for allowed in [1, 0] as [Int32] {
      ckernels_allow_avx2(allowed)
      defer { ckernels_allow_avx2(1) }
      var found = values
      #expect(ckernels_gamma(&found, 4096, exponent, 0, given) == 0)
      // Adding the mean back costs an absolute error besides.
      for (value, power) in zip(found, powers) {
        #expect(abs(Double(value) - power) <= 2e-6 * power + 3e-7)
      }
    }
  }

  @Test func gammaLeavesAFlatPatchAlone() {
    var values: [Float] = [3, 3]
    #expect(ckernels_gamma(&values, 2, 1.4, 0, statistics(values)) == 0)
    #expect(values == [3, 3])
  }

  @Test func notANumberStaysOne() {
    var values: [Float] = [1, .nan, 3]
    #expect(ckernels_rescale(&values, 3, 2, 1, 0, 5) == 0)
    #expect(values[0] == 3 && values[1].isNaN && values[2] == 5)
  }
}
