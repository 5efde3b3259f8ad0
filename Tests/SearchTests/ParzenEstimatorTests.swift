import Architecture
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

  @Test func aThirdOfTheLaterCandidatesIsRandomAndTheOthersAreBetter() throws {
    let guided = try trials(
      of: ParzenEstimator(in: space, initialSize: 10, randomShare: 0, using: SplitMix64(seed: 5)),
      judgedBy: HiddenTarget(in: space), within: .trials(100))
    let free = try trials(
      of: ParzenEstimator(in: space, initialSize: 10, randomShare: 1, using: SplitMix64(seed: 5)),
      judgedBy: HiddenTarget(in: space), within: .trials(100))
    func mean(_ trials: [Trial<NASBench201Cell>]) -> Double {
      trials[50...].map { $0.estimate?.dice ?? 0 }.mean
    }
    #expect(mean(free) < 0.3)
    #expect(mean(guided) > 0.5)
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
    expectClose(all.map { density.density(at: $0) }.reduce(0, +), 1, within: 1e-12)
  }

  // Scott's factor of one code is 1: the kernel is as wide as can be.
  @Test func oneCodeAloneSaysNothing() {
    let density = CodeDensity(of: [[0, 2, 0]], places: places)
    expectClose(all.map { density.density(at: $0) }, all.map { _ in 1.0 / 6 }, within: 1e-12)
  }

  @Test func manyEqualCodesAreAlmostCertain() {
    let density = CodeDensity(of: Array(repeating: [0, 2, 0], count: 100_000), places: places)
    // 100,000 to the power of −1/7 is 0.193: 1 − 0.193/2 times 1 − 0.193 · 2/3.
    expectClose(density.density(at: [0, 2, 0]), 0.9035 * 0.8713, within: 1e-3)
  }

  @Test func drawsAsOftenAsItsDensitySays() {
    let density = CodeDensity(of: centres, places: places)
    var generator = SplitMix64(seed: 8)
    var counts: [[Int]: Int] = [:]
    for _ in 0..<20_000 { counts[density.sample(widening: 1, using: &generator), default: 0] += 1 }
    for code in all {
      expectClose(Double(counts[code] ?? 0) / 20_000, density.density(at: code), within: 0.013)
    }
  }
}
