import Testing

@testable import Search

struct BaselinesTests {
  @Test func meanAndDeviationOverTheSeeds() throws {
    let baseline = Baseline(title: "x", dice: [0.2, 0.4, 0.6], parameters: 1)
    #expect(abs(baseline.mean - 0.4) < 1e-12)
    let deviation = try #require(baseline.deviation)
    #expect(abs(deviation - 0.2) < 1e-12)
  }

  @Test func oneSeedHasNoSpread() {
    #expect(Baseline(title: "x", dice: [0.3], parameters: 1).deviation == nil)
  }
}
