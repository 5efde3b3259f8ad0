import Architecture
import Foundation
import Randomness
import TestSupport
import Testing

@testable import Search

struct ParzenEstimatorTests {
  private let space = NASBench201Space()

  @Test func findsTheBestOfAToySpace() throws {
    let trials = try trials(
      of: ParzenEstimator(in: space, initialSize: 10, using: SplitMix64(seed: 5)),
      judgedBy: HiddenTarget(in: space), within: .trials(300))
    #expect(trials.contains { ($0.estimate?.dice ?? 0) > 0.8 })
  }

  // Tests/Reference/parzen_replay.py, NumPy, 60 seeds of 100 trials each: the last 50 score
  // 0.501 ± 0.040 in the mean, and 0.197 ± 0.024 when all are random.
  @Test(arguments: [(0.0, 0.501), (1.0, 0.197)])
  func candidatesAreAsGoodAsThoseOfAnIndependentReplay(randomShare: Double, expected: Double) throws
  {
    let means = try (UInt64(1)...8).map { seed in
      let strategy = ParzenEstimator(
        in: space, initialSize: 10, randomShare: randomShare, using: SplitMix64(seed: seed))
      let trials = try trials(of: strategy, judgedBy: HiddenTarget(in: space), within: .trials(100))
      return trials[50...].map { $0.estimate?.dice ?? 0 }.mean
    }
    expectClose(means.mean, expected, within: 0.04)
  }

  @Test func triesNoNetworkUnderTwoNames() throws {
    let trials = try trials(
      of: ParzenEstimator(in: space, initialSize: 8, using: SplitMix64(seed: 3)),
      judgedBy: HiddenTarget(in: space), within: .trials(80))
    #expect(Set(trials.map { space.canonicalForm(of: $0.genotype) }).count == 80)
  }
}

struct CodeDensityTests {
  private let places = [2, 3, 1]
  private let centres = [[0, 2, 0], [1, 2, 0], [1, 0, 0]]

  private var all: [[Int]] { (0..<2).flatMap { first in (0..<3).map { [first, $0, 0] } } }

  @Test func addsUpToOne() {
    let density = CodeDensity(of: centres, places: places)
    expectClose(all.map { exp(density.logDensity(at: $0)) }.reduce(0, +), 1, within: 1e-12)
  }

  // Scott's factor of one code is 1: the kernel is as wide as can be.
  @Test func oneCodeAloneSaysNothing() {
    let density = CodeDensity(of: [[0, 2, 0]], places: places)
    expectClose(
      all.map { exp(density.logDensity(at: $0)) }, all.map { _ in 1.0 / 6 }, within: 1e-12)
  }

  @Test func manyEqualCodesAreAlmostCertain() {
    let density = CodeDensity(of: Array(repeating: [0, 2, 0], count: 100_000), places: places)
    // 100,000 to the power of −1/7 is 0.193: 1 − 0.193/2 times 1 − 0.193 · 2/3.
    expectClose(exp(density.logDensity(at: [0, 2, 0])), 0.9035 * 0.8713, within: 1e-3)
  }

  @Test func drawsAsOftenAsItsDensitySays() {
    let density = CodeDensity(of: centres, places: places)
    var generator = SplitMix64(seed: 8)
    var counts: [[Int]: Int] = [:]
    for _ in 0..<20_000 { counts[density.sample(widening: 1, using: &generator), default: 0] += 1 }
    for code in all {
      expectClose(
        Double(counts[code] ?? 0) / 20_000, exp(density.logDensity(at: code)), within: 0.013)
    }
  }

  // Of one code: its kernel is as wide as can be, so a place with four choices counts a quarter.
  @Test func densitiesOfManyPlacesAreToldApart() {
    let places = Array(repeating: 4, count: 2_000)
    let zeros = places.map { _ in 0 }
    let one = CodeDensity(of: [zeros], places: places)
    expectClose(one.logDensity(at: zeros), -2_000 * log(4.0), within: 1e-9)
    let two = CodeDensity(of: [zeros, zeros], places: places)
    #expect(two.logDensity(at: zeros) > two.logDensity(at: places.map { _ in 1 }))
  }
}
