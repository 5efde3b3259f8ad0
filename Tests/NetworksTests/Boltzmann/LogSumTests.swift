import Foundation
import TestSupport
import Testing

@testable import Networks

struct LogSumTests {
  private func sum(_ logarithms: [Double]) -> Double {
    var sum = LogSum()
    for logarithm in logarithms { sum.add(logarithm) }
    return sum.value
  }

  @Test func addsWhatItsLogarithmsStandFor() {
    expectClose(sum([log(2), log(5), log(3)]), log(10), within: 1e-15)
  }

  @Test func neitherOverflowsNorVanishes() {
    expectClose(sum([-5000, -5000]), log(2) - 5000, within: 1e-12)
    expectClose(sum([1000, 5000, 5000]), 5000 + log(2), within: 1e-12)
  }

  @Test func nothingAddsUpToZero() {
    #expect(sum([]) == -.infinity)
    #expect(sum([-.infinity]) == -.infinity)
    #expect(sum([-.infinity, 3]) == 3)
  }
}
