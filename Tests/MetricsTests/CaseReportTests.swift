import Imaging
import Metrics
import Testing

struct CaseReportTests {
  private static let liver = Region(name: "liver", values: [1])
  private static let vessel = Region(name: "vessel", values: [5])
  private static let both = Region(name: "both", values: [5, 1])

  private func compare(
    _ prediction: LabelMap, _ reference: LabelMap
  ) throws(MetricsError) -> CaseReport {
    try CaseReport(
      comparing: prediction, at: "masks/a.nii.gz", with: reference, at: "labels/a.nii.gz",
      name: "a", regions: [Self.liver, Self.vessel, Self.both])
  }

  @Test func countsEveryRegion() throws {
    let report = try compare(row([0, 1, 5, 5]), row([0, 1, 1, 5]))
    #expect(report.regions[Self.liver]?.confusion.falseNegative == 1)
    #expect(report.regions[Self.vessel]?.confusion.falsePositive == 1)
    #expect(report.value(of: .dice, for: Self.both, emptyMasks: .nan) == 1)
    #expect(report.value(of: .hausdorff, for: Self.both, emptyMasks: .nan) == 0)
    #expect(report.value(of: .hausdorff, for: Self.liver, emptyMasks: .nan) == 1)
  }

  @Test func withoutAListCountsEveryValueThatOneMaskHas() throws {
    let report = try CaseReport(
      comparing: row([0, 3, 0]), at: "", with: row([7, 3, 0]), at: "", name: "a", regions: nil)
    #expect(report.regions.keys.map(\.values).sorted { $0[0] < $1[0] } == [[3], [7]])
    let cyst = Region(name: "cyst", values: [9])
    let asked = report.counting([cyst])
    #expect(
      asked.regions.mapValues(\.confusion)
        == [cyst: Confusion(truePositive: 0, falsePositive: 0, falseNegative: 0, trueNegative: 3)])
  }

  @Test func volumesAreInMillilitres() throws {
    let grid = Geometry(size: [3, 1, 1], spacing: [10, 5, 4])
    let report = try compare(
      LabelMap(geometry: grid, voxels: [1, 1, 0]), LabelMap(geometry: grid, voxels: [0, 0, 1]))
    #expect(report.value(of: .volumeDifference, for: Self.liver, emptyMasks: .nan) == 0.2)
  }

  @Test func roundingInAHeaderIsNotAnotherGrid() throws {
    let report = try compare(row([1], at: 0.0004), row([1]))
    #expect(report.value(of: .dice, for: Self.liver, emptyMasks: .nan) == 1)
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
          The sizes differ by 1, 0 and 0 voxels, and the first voxels lie 0.0 mm apart.
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
