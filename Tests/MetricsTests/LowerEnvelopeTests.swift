import Randomness
import Testing
import TestSupport

@testable import Metrics

struct LowerEnvelopeTests {
  @Test func findsTheLowestParabolaEverywhere() {
    var generator = SplitMix64(seed: 3)
    for spacing in [0.3, 1, 7] {
      let sites = (0..<40).filter { _ in generator.chance(0.4) }
      let values = sites.map { _ in generator.uniform(0..<200) }
      var envelope = LowerEnvelope(length: 40, spacing: spacing)
      envelope.add(1, at: 0)
      envelope.clear()
      for (site, value) in zip(sites, values) { envelope.add(value, at: site) }
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
