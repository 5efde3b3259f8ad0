import Foundation
import Imaging
import Metrics
import Testing

struct EvaluationSummaryTests {
  /// Two cases and three labels: `tumour` in both, `node` only in b's prediction, `cyst` nowhere.
  ///
  ///     prediction a  1 1 0 0   b  1 0 0 2
  ///     reference  a  1 0 0 0   b  1 0 0 0
  static func summary(_ convention: EmptyMaskConvention) throws -> EvaluationSummary {
    let regions = [
      Region(name: "tumour", values: [1]), Region(name: "node", values: [2]),
      Region(name: "cyst", values: [3]),
    ]
    let reports = try [
      ("a", row([1, 1, 0, 0]), row([1, 0, 0, 0])), ("b", row([1, 0, 0, 2]), row([1, 0, 0, 0])),
    ].map { name, prediction, reference in
      try CaseReport(
        comparing: prediction, at: "masks/\(name).nii.gz", with: reference,
        at: "labels/\(name).nii.gz", name: name, regions: regions)
    }
    return EvaluationSummary(
      regions: regions, convention: convention, cases: reports,
      failures: [.init(name: "c", reason: "no prediction")])
  }

  /// The mean of 2/3 (case a) and 1 (case b).
  private static let tumour: Double = (2.0 / 3 + 1) / 2

  @Test func meansLeaveOutWhatHasNoScore() throws {
    let summary = try Self.summary(.nan)
    #expect(summary.mean(of: .dice, for: summary.regions[0]) == Self.tumour)
    #expect(summary.mean(of: .dice, for: summary.regions[1]) == 0)
    #expect(summary.mean(of: .dice, for: summary.regions[2]) == nil)
    #expect(summary.foregroundMean(of: .dice) == Self.tumour / 2)
  }

  @Test func meansFollowTheConvention() throws {
    let sum = Self.tumour + 0.5 + 1
    #expect(try Self.summary(.one).foregroundMean(of: .dice) == sum / 3)
    #expect(try Self.summary(.zero).foregroundMean(of: .dice) == Self.tumour / 3)
  }

  @Test func countsEmptyMasks() throws {
    let summary = try Self.summary(.nan)
    let node = summary.emptyMasks(of: summary.regions[1])
    #expect(node.cases == 2)
    #expect(node.bothEmpty == 1)
    #expect(node.missed == 0)
    #expect(node.spurious == 1)
    #expect(node.emptyReferences == 2)
    #expect(node.emptyPredictions == 1)
    #expect(summary.emptyMasks(of: summary.regions[2]).bothEmpty == 2)
  }

  @Test func unionsAreNotInTheOverallMean() throws {
    let labels = [Region(name: "core", values: [1]), Region(name: "rim", values: [2])]
    let whole = Region(name: "whole", values: [1, 2])
    let report = try CaseReport(
      comparing: row([1, 1]), at: "", with: row([1, 2]), at: "", name: "a",
      regions: labels + [whole])
    let summary = EvaluationSummary(
      regions: labels + [whole], convention: .nan, cases: [report])
    #expect(summary.mean(of: .dice, for: whole) == 1)
    #expect(summary.foregroundMean(of: .dice) == 1.0 / 3)
    let alone = EvaluationSummary(regions: [whole], convention: .nan, cases: [report])
    #expect(alone.foregroundMean(of: .dice) == 1)
    #expect(whole.key == "(1, 2)")
  }

  /// What a reader written for nnU-Net's summary.json looks at.
  private struct ForeignReader: Decodable {
    struct Case: Decodable {
      let metrics: [String: [String: Double?]]
      let prediction_file: String
      let reference_file: String
    }

    let foreground_mean: [String: Double?]
    let mean: [String: [String: Double?]]
    let metric_per_case: [Case]
  }

  @Test func writesTheLayoutOfNNUNet() throws {
    let file = try JSONDecoder().decode(
      ForeignReader.self, from: try Self.summary(.nan).encode())
    let keys: Set = ["Dice", "IoU", "FP", "TP", "FN", "TN", "n_pred", "n_ref"]
    #expect(keys.isSubset(of: file.foreground_mean.keys))
    #expect(file.mean["1"]?["HD95_mm"] == 0.5)
    #expect(file.mean.keys.sorted() == ["1", "2", "3"])
    #expect(file.mean["1"]?["FP"] == 0.5)
    #expect(file.mean["3"]?["Dice"] == .some(nil))
    #expect(file.foreground_mean["Dice"] == Self.tumour / 2)
    #expect(file.metric_per_case.map(\.prediction_file) == ["masks/a.nii.gz", "masks/b.nii.gz"])
    #expect(file.metric_per_case.map(\.reference_file) == ["labels/a.nii.gz", "labels/b.nii.gz"])
    #expect(file.metric_per_case[0].metrics["1"]?["n_pred"] == 2)
    #expect(file.metric_per_case[0].metrics["2"]?["Dice"] == .some(nil))
  }

  private struct OwnReader: Decodable {
    struct Extras: Decodable {
      struct Statistics: Decodable {
        let n: Int
        let median: Double
      }

      let empty_masks: String
      let statistics: [String: [String: Statistics]]
      let counts: [String: [String: Int]]
      let failed_cases: [[String: String]]
      let case_names: [String]
      let labels: [String: String]
    }

    let chiasm: Extras
  }

  @Test func addsWhatThatLayoutHasNoRoomFor() throws {
    let extras = try JSONDecoder().decode(
      OwnReader.self, from: try Self.summary(.one).encode()
    ).chiasm
    #expect(extras.empty_masks == "one")
    #expect(
      extras.counts["2"] == [
        "n_cases": 2, "n_both_empty": 1, "n_missed": 0, "n_spurious": 1, "n_ref_empty": 2,
        "n_pred_empty": 1,
      ])
    #expect(extras.statistics["1"]?["Dice"]?.n == 2)
    #expect(extras.statistics["1"]?["Dice"]?.median == Self.tumour)
    #expect(extras.failed_cases == [["name": "c", "reason": "no prediction"]])
    #expect(extras.case_names == ["a", "b"])
    #expect(extras.labels == ["1": "tumour", "2": "node", "3": "cyst"])
  }
}
