import Imaging
import Metrics
import Testing

struct EvaluationTableTests {
  @Test func aTableHasEveryCaseRegionAndMean() throws {
    print(try EvaluationSummaryTests.summary(.nan).table())
  }

  @Test func summariesStandSideBySide() throws {
    let first = try EvaluationSummaryTests.summary(.one)
    let second = EvaluationSummary(
      regions: first.regions, convention: .one, cases: Array(first.cases.dropFirst()))
    #expect(
      EvaluationSummary.comparison(of: [("fused", first), ("ct", second)]) == """
        Dice    fused     ct
        ────────────────────
        a       0.889      –
        b       0.667  0.667
        ────────────────────
        tumour  0.833  1.000
        node    0.500  0.000
        cyst    1.000  1.000
        ────────────────────
        mean    0.778  0.667
        """)
  }

  @Test func nothingIsSaidAboutEmptyMasksWhenThereAreNone() throws {
    let gland = Region(name: "gland", values: [1])
    let report = try CaseReport(
      comparing: row([1, 1, 0]), at: "", with: row([1, 1, 0]), at: "", name: "a", regions: [gland])
    let summary = EvaluationSummary(regions: [gland], convention: .nan, cases: [report])
    #expect(summary.table().hasSuffix("\nNo empty masks."))
  }
}
