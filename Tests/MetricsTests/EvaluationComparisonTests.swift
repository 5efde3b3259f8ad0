import Imaging
import Metrics
import Testing

struct EvaluationComparisonTests {
  private let gland = Region(name: "gland", values: [1])
  private let options = MeasurementOptions(surfaces: nil)

  private func summary(_ masks: [(String, [UInt16])]) throws -> EvaluationSummary {
    let reports = try masks.map { name, prediction in
      try CaseReport(
        comparing: row(prediction), at: "", with: row([1, 1, 0, 0]), at: "", name: name,
        regions: [gland], options: options)
    }
    return EvaluationSummary(
      regions: [gland], options: options, convention: .nan, cases: reports)
  }

  @Test func showsTheDifferenceOfCommonCases() throws {
    let first = try summary([("a", [1, 1, 0, 0]), ("b", [1, 1, 0, 0]), ("c", [1, 0, 0, 0])])
    let second = try summary([("a", [1, 1, 1, 1]), ("b", [1, 1, 1, 1]), ("d", [0, 0, 0, 1])])
    let comparison = EvaluationComparison(first, titled: "fused", with: second, titled: "ct")
    #expect(comparison.unpaired == ["c", "d"])
    #expect(
      comparison.table(of: [.dice, .volumeDifference]) == """
        region  metric  n  fused     ct  fused − ct   95 % interval       p
        ───────────────────────────────────────────────────────────────────
        gland     Dice  2  1.000  0.667       0.333  0.333 to 0.333  0.5000
        gland    ΔV ml  2   0.00   0.00        0.00    0.00 to 0.00  0.5000
        Case by case; the interval of the mean difference by bootstrap, p by Wilcoxon's signed-rank
        test (two-sided, not corrected for the number of rows).
        Left out, because only one has them: c, d.
        """)
  }
}
