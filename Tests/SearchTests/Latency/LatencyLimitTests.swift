import Architecture
import Randomness
import Testing

@testable import Search

struct LatencyLimitTests {
  @Test func onlyWhatIsWithinTheLimitIsProposed() throws {
    let space = NASBench201Space()
    var generator = SplitMix64(seed: 1)
    let all = (0..<40).map { _ in space.sample(using: &generator) }
    let times = Dictionary(all.enumerated().map { ($1, Double($0)) }) { first, _ in first }
    let random = RandomSearch(in: space, using: SplitMix64(seed: 1))
    var limit = LatencyLimit(random, milliseconds: 9) { times[$0] ?? 100 }
    let expected = all.prefix(10).reduce(into: [NASBench201Cell]()) {
      if !$0.contains($1) { $0.append($1) }
    }
    for cell in expected { #expect(try limit.propose() == cell) }
    #expect(try limit.propose() == nil)
  }
}
