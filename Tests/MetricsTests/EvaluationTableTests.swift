import Imaging
import Metrics
import Testing

struct EvaluationTableTests {
  @Test func aTableHasEveryCaseRegionAndMean() throws {
    #expect(
      try EvaluationSummaryTests.summary(.nan).table() == """
        Dice  tumour   node  cyst   mean
        ────────────────────────────────
        a      0.667      –     –  0.667
        b      1.000  0.000     –  0.500
        ────────────────────────────────
        mean   0.833  0.000     –  0.417

        region    metric  n   mean   95 % interval  median     sd
        ─────────────────────────────────────────────────────────
        tumour      Dice  2  0.833  0.667 to 1.000   0.833  0.236
        tumour     ΔV ml  2   0.00    0.00 to 0.00    0.00   0.00
        tumour   HD95 mm  2   0.50    0.00 to 1.00    0.50   0.71
        tumour   ASSD mm  2   0.25    0.00 to 0.50    0.25   0.35
        tumour  NSD 1 mm  2  1.000  1.000 to 1.000   1.000  0.000
        ─────────────────────────────────────────────────────────
        node        Dice  1  0.000               –   0.000      –
        node       ΔV ml  2   0.00    0.00 to 0.00    0.00   0.00
        node     HD95 mm  0      –               –       –      –
        node     ASSD mm  0      –               –       –      –
        node    NSD 1 mm  1  0.000               –   0.000      –
        ─────────────────────────────────────────────────────────
        cyst        Dice  0      –               –       –      –
        cyst       ΔV ml  2   0.00    0.00 to 0.00    0.00   0.00
        cyst     HD95 mm  0      –               –       –      –
        cyst     ASSD mm  0      –               –       –      –
        cyst    NSD 1 mm  0      –               –       –      –

        Surfaces: surfels (surface elements weighted by area, as in surface-distance).
        Empty masks (where both are empty, the case is left out of the means):
          node: 1 both empty, 0 missed, 1 spurious, of 2 cases
          cyst: 2 both empty, 0 missed, 0 spurious, of 2 cases
        Distances leave out what is missed or spurious; --empty penalty counts the diagonal.
        """)
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
