import Foundation
import Imaging
import Metrics
import Testing

struct SubsetReportTests {
  private let regions = [Region(name: "tumour", values: [1]), Region(name: "node", values: [2])]

  private func mask(_ values: [UInt16]) -> LabelMap {
    LabelMap(
      geometry: Geometry(size: SIMD3(values.count, 1, 1), spacing: SIMD3(1, 1, 1)), voxels: values)
  }

  /// One case, whose truth is 1 1 2 2.
  private func row(_ modalities: [String], _ prediction: [UInt16]?) throws -> SubsetReport.Row {
    let cases = try prediction.map {
      [
        try CaseReport(
          comparing: mask($0), at: "a", with: mask([1, 1, 2, 2]), at: "b", name: "case_1",
          regions: regions)
      ]
    }
    return SubsetReport.Row(
      modalities: modalities,
      summary: EvaluationSummary(regions: regions, convention: .nan, cases: cases ?? []))
  }

  /// Tumour and node: 1 and 0 from CT; nothing is known of MRI; 1 and 1 from both.
  private func report() throws -> SubsetReport {
    SubsetReport(
      rows: [
        try row(["ct"], [1, 1, 0, 0]), try row(["mri"], nil),
        try row(["ct", "mri"], [1, 1, 2, 2]),
      ])
  }

  @Test func meanAndWorstAreOverTheSubsetsThatHaveCases() throws {
    let report = try report()
    #expect(report.rows.map(\.dice) == [0.5, nil, 1])
    #expect(report.mean == 0.75)
    #expect(report.worst?.title == "ct")
    #expect(report.kept == 0.75)
  }

  @Test func theTableHasALinePerSubset() throws {
    #expect(
      try report().table() == """
        Dice       cases  tumour   node   mean
        ──────────────────────────────────────
        ct             1   1.000  0.000  0.500
        mri            0       –      –      –
        ct+mri         1   1.000  1.000  1.000
        ──────────────────────────────────────
        mean               1.000  0.500  0.750
        worst: ct      1   1.000  0.000  0.500

        The mean over the subsets is 75.0 % of the Dice with all modalities.
        """)
  }

  @Test func theFileSaysWhichCasesCount() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let text = String(decoding: try encoder.encode(try report()), as: UTF8.self)
    #expect(
      text == #"{"kept":0.75,"mean":0.75,"subsets":["#
        + #"{"cases":["case_1"],"dice":0.5,"diceByLabel":{"node":0,"tumour":1},"failures":[],"#
        + #""modalities":["ct"]},"#
        + #"{"cases":[],"dice":null,"diceByLabel":{},"failures":[],"modalities":["mri"]},"#
        + #"{"cases":["case_1"],"dice":1,"diceByLabel":{"node":1,"tumour":1},"failures":[],"#
        + #""modalities":["ct","mri"]}],"#
        + #""worst":{"cases":["case_1"],"dice":0.5,"diceByLabel":{"node":0,"tumour":1},"#
        + #""failures":[],"modalities":["ct"]}}"#)
  }

  @Test func withoutAnyCaseThereIsNoScore() throws {
    let report = SubsetReport(rows: [try row(["ct"], nil)])
    #expect(report.mean == nil && report.worst == nil && report.kept == nil)
  }
}
