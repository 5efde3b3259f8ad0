import Imaging
import Metrics
import Testing

struct CaseReportTests {
  private let labels = [Label(name: "liver", value: 1), Label(name: "vessel", value: 5)]

  private func compare(
    _ prediction: LabelMap, _ reference: LabelMap
  ) throws(MetricsError) -> CaseReport {
    try CaseReport.comparing(
      name: "a", prediction: prediction, predictionPath: "masks/a.nii.gz",
      reference: reference, referencePath: "labels/a.nii.gz", labels: labels)
  }

  @Test func countsEveryLabelByItsValue() throws {
    let report = try compare(row([0, 1, 5, 5]), row([0, 1, 1, 5]))
    #expect(report.confusions.keys.sorted() == [1, 5])
    #expect(report.confusions[1]?.falseNegative == 1)
    #expect(report.confusions[5]?.falsePositive == 1)
  }

  @Test func withoutAListCountsEveryValueThatOneMaskHas() throws {
    let report = try CaseReport.comparing(
      name: "a", prediction: row([0, 3, 0]), predictionPath: "", reference: row([7, 3, 0]),
      referencePath: "", labels: nil)
    #expect(report.confusions.keys.sorted() == [3, 7])
    let asked = report.counting([Label(name: "cyst", value: 9)])
    #expect(
      asked.confusions
        == [9: Confusion(truePositive: 0, falsePositive: 0, falseNegative: 0, trueNegative: 3)])
  }

  @Test func foregroundDiceIsTheMeanOverLabelsThatHaveAScore() throws {
    let report = try compare(row([0, 1, 0]), row([0, 1, 1]))
    let dice = 2.0 / 3
    #expect(report.foregroundDice(emptyMasks: .nan) == dice)
    #expect(report.foregroundDice(emptyMasks: .one) == (dice + 1) / 2)
    #expect(report.foregroundDice(emptyMasks: .zero) == dice / 2)
  }

  @Test func roundingInAHeaderIsNotAnotherGrid() throws {
    #expect(try compare(row([1], at: 0.0004), row([1])).confusions[1]?.dice == 1)
  }

  @Test func gridsOfOtherSizesAreRefused() {
    let error = #expect(throws: MetricsError.self) {
      try compare(row([1, 1, 0]), row([1, 1]))
    }
    #expect(
      error?.description == """
        masks/a.nii.gz: the prediction is on a different grid from labels/a.nii.gz.
          prediction: 3 × 1 × 1 voxels of 1.00 × 1.00 × 1.00 mm
          reference:  2 × 1 × 1 voxels of 1.00 × 1.00 × 1.00 mm
          The sizes differ.
        Resample the prediction on to the reference's grid with nearest-neighbour interpolation.
        """)
  }

  @Test func shiftedGridsAreRefusedWithTheDistance() {
    let error = #expect(throws: MetricsError.self) {
      try compare(row([1, 1], at: 0.75), row([1, 1]))
    }
    #expect(
      error?.description == """
        masks/a.nii.gz: the prediction is on a different grid from labels/a.nii.gz.
          prediction: 2 × 1 × 1 voxels of 1.00 × 1.00 × 1.00 mm
          reference:  2 × 1 × 1 voxels of 1.00 × 1.00 × 1.00 mm
          The sizes are equal, but corners lie up to 0.75 mm apart.
        Resample the prediction on to the reference's grid with nearest-neighbour interpolation.
        """)
  }
}
