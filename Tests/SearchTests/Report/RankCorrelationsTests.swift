import Search
import Testing

struct RankCorrelationsTests {
  // The ranks of (1, 2, 3, 4) against (1, 2, 4, 3): 1 − 6 · 2 / 60, and (5 − 1) / 6.
  @Test func printsBoth() {
    let found = RankCorrelations([1, 2, 3, 4], [1, 2, 4, 3])
    #expect(found?.description == "Spearman 0.80, Kendall 0.67")
  }

  @Test func aConstantHasNone() {
    #expect(RankCorrelations([1, 1, 1], [1, 2, 3]) == nil)
  }
}
