import Imaging
import Metrics
import Testing

struct EvaluationTableTests {
  @Test func aTableHasEveryCaseLabelAndMean() throws {
    #expect(
      try EvaluationSummaryTests.summary(.nan).table() == """
        Dice  tumour   node  cyst   mean
        ────────────────────────────────
        a      0.667      –     –  0.667
        b      1.000  0.000     –  0.500
        ────────────────────────────────
        mean   0.833  0.000     –  0.417
        Empty masks (where both are empty, the case is left out of the means):
          node: 1 both empty, 0 missed, 1 spurious, of 2 cases
          cyst: 2 both empty, 0 missed, 0 spurious, of 2 cases
        """)
  }

  @Test func summariesStandSideBySide() throws {
    let first = try EvaluationSummaryTests.summary(.one)
    let second = EvaluationSummary(
      labels: first.labels, convention: .one, cases: Array(first.cases.dropFirst()))
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
    let report = CaseReport(
      name: "a", predictionPath: "", referencePath: "", voxels: 3,
      confusions: [
        1: Confusion(truePositive: 2, falsePositive: 0, falseNegative: 0, trueNegative: 1)
      ])
    let summary = EvaluationSummary(
      labels: [.init(name: "gland", value: 1)], convention: .nan, cases: [report])
    #expect(summary.table().hasSuffix("\nNo empty masks."))
  }
}
