import Architecture
import Testing

struct CombinationTests {
  @Test func namesAreStable() {
    #expect(
      Combination.allCases.map(\.rawValue)
        == ["concatenate", "sum", "gated", "mean", "meanVariance", "attention", "bilinear"])
    #expect(
      Combination.allCases.map(\.title)
        == ["concat", "sum", "gated", "mean", "mean+var", "attention", "bilinear"])
  }

  @Test func everyCombinationSurvivesJSON() throws {
    for combination in Combination.allCases {
      #expect(try decode([Combination].self, encode([combination])) == [combination])
    }
  }

  @Test func anUnknownCombinationListsTheKnown() {
    let text = message { _ = try decode([Combination].self, #"["median"]"#) }
    #expect(
      text
        == "Unknown combination 'median'. Known: concatenate, sum, gated, mean, meanVariance, "
        + "attention, bilinear.")
  }
}
