import Imaging
import Testing

@testable import Registration
@testable import chiasm

struct AlignmentReportTests {
  private let grid = Geometry(size: [8, 8, 8], spacing: .one)

  private var transform: SpatialTransform {
    SpatialTransform(
      model: .rigid,
      map: AffineMap(x: [1, 0, 0], y: [0, 1, 0], z: [0, 0, 1], offset: [0, 3, 4]),
      fixed: .init(scan: "f", geometry: grid), moving: .init(scan: "m", geometry: grid))
  }

  /// The third label is in neither map before.
  @Test func figuresStandInOneColumn() {
    let alignment = Alignment(
      transform: transform, similarityBefore: nil, similarityAfter: 1.25, overlap: 0.75)
    let report = AlignmentReport(
      alignment, options: RegistrationOptions(), output: "a.nii",
      overlaps: [
        .init(label: 1, diceBefore: 0.5, diceAfter: 1),
        .init(label: 700, diceBefore: nil, diceAfter: 0.25),
      ])
    #expect(
      report.text == """
        a.nii
          nmi           – → 1.2500
          overlap       0.750
          displacement  5.00 mm
          dice of 1     0.500 → 1.000
          dice of 700   – → 0.250
        """)
    #expect(report.matrix?[1] == [0, 1, 0, 3])
  }

  @Test func anAppliedTransformIsNamed() {
    let report = AlignmentReport(applied: "t.json", output: "a.nii", overlaps: nil)
    #expect(report.text == "a.nii\n  applied       t.json")
    #expect(report.metric == nil && report.matrix == nil)
  }
}
