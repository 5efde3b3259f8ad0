import Architecture
import Testing

struct CombinationTests {
  @Test func namesAreStable() {
    #expect(Combination.allCases.map(\.rawValue) == ["concatenate", "sum", "gated"])
    #expect(Combination.allCases.map(\.title) == ["concat", "sum", "gated"])
  }

  @Test func everyCombinationSurvivesJSON() throws {
    for combination in Combination.allCases {
      #expect(try decode([Combination].self, encode([combination])) == [combination])
    }
  }

  @Test func anUnknownCombinationListsTheKnown() {
    let text = message { _ = try decode([Combination].self, #"["mean"]"#) }
    #expect(text == "Unknown combination 'mean'. Known: concatenate, sum, gated.")
  }
}
