import Metrics
import Testing

struct EmptyMaskConventionTests {
  @Test func decidesOnlyWhatHasNoScore() {
    for convention in EmptyMaskConvention.allCases {
      #expect(convention(0) == 0)
      #expect(convention(0.25) == 0.25)
    }
    #expect(EmptyMaskConvention.nan(nil) == nil)
    #expect(EmptyMaskConvention.one(nil) == 1)
    #expect(EmptyMaskConvention.zero(nil) == 0)
  }

  @Test func saysWhatItDoes() {
    #expect(
      EmptyMaskConvention.allCases.map(\.summary)
        == ["left out of the means", "counted as 1", "counted as 0"])
  }
}
