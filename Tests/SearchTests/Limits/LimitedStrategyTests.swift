import Architecture
import Randomness
import Testing

@testable import Search

struct LimitedStrategyTests {
  private let space = NASBench201Space()

  /// The first draws of a random search, each with its number.
  private var numbers: [NASBench201Cell: Double] {
    var generator = SplitMix64(seed: 1)
    let all = (0..<40).map { _ in space.sample(using: &generator) }
    return Dictionary(all.enumerated().map { ($1, Double($0)) }) { first, _ in first }
  }

  private func strategy(
    _ limits: [(key: LimitKey, most: Double)], tally: LimitTally,
    cost: @escaping (NASBench201Cell) -> Double
  ) -> LimitedStrategy<NASBench201Cell> {
    LimitedStrategy(
      RandomSearch(in: space, using: SplitMix64(seed: 1)),
      limits: limits.map { CostLimit(key: $0.key, most: $0.most, cost: cost) }, tally: tally)
  }

  @Test func onlyWhatIsWithinTheLimitIsProposed() throws {
    let numbers = numbers
    let tally = LimitTally()
    var limited = strategy([(.latencyLimit, 9)], tally: tally) { numbers[$0] ?? 100 }
    let expected = numbers.filter { $0.value <= 9 }.sorted { $0.value < $1.value }.map(\.key)
    for cell in expected { #expect(try limited.propose() == cell) }
    #expect(tally.refused == 0)
    #expect(try limited.propose() == nil)
    #expect(tally.refusals[.latencyLimit]?.count == tally.refused)
    #expect(tally.proposals == tally.refused + expected.count)
  }

  @Test func everyLimitCountsWhatItRefuses() throws {
    let numbers = numbers
    let tally = LimitTally()
    let limits: [(key: LimitKey, most: Double)] = [(.memoryLimit, 4), (.parameterLimit, 6)]
    var limited = strategy(limits, tally: tally) {
      // The second draw exceeds both limits, the third one of them.
      [0: 0, 1: 7, 2: 5][numbers[$0] ?? 100] ?? 1
    }
    _ = try limited.propose()
    _ = try limited.propose()
    let report = try #require(LimitReport(limits, tally))
    #expect(
      report.sentence
        == "Of 4 proposals 2 exceeded a limit and were not tried: `memoryLimit` of 4 MiB refused 2 "
        + "(from 5 MiB up), `parameterLimit` of 6 parameters refused 1 (from 7 parameters up).")
  }

  @Test func withoutLimitsThereIsNothingToReport() {
    #expect(LimitReport([], LimitTally()) == nil)
  }
}
