import Randomness
import TestSupport
import Testing

@testable import Metrics

struct LowerEnvelopeTests {
  @Test func findsTheLowestParabolaEverywhere() {
    var generator = SplitMix64(seed: 3)
    for spacing in [0.3, 1, 7] {
      let sites = (0..<40).filter { _ in generator.chance(0.4) }
      let values = sites.map { _ in generator.uniform(0..<200) }
      let envelope = LowerEnvelope(length: 40, spacing: spacing)
      envelope.build(at: [0]) { _ in 1 }
      envelope.build(at: sites) { site in sites.firstIndex(of: site).map { values[$0] } ?? 0 }
      var lowest = 0
      for place in 0..<40 {
        let heights = zip(sites, values).map { site, value in
          value + spacing * spacing * Double((place - site) * (place - site))
        }
        lowest = envelope.lowest(at: place, from: lowest)
        let found = sites.firstIndex(of: envelope.position(lowest)).map { heights[$0] }
        expectClose(found ?? .nan, heights.min() ?? .nan, within: 1e-9)
      }
    }
  }
}
