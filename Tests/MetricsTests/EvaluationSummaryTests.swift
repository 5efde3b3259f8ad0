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
    let labels = [
      Label(name: "tumour", value: 1), Label(name: "node", value: 2), Label(name: "cyst", value: 3),
    ]
    let reports = try [
      ("a", row([1, 1, 0, 0]), row([1, 0, 0, 0])), ("b", row([1, 0, 0, 2]), row([1, 0, 0, 0])),
    ].map { name, prediction, reference in
      try CaseReport.comparing(
        name: name, prediction: prediction, predictionPath: "masks/\(name).nii.gz",
        reference: reference, referencePath: "labels/\(name).nii.gz", labels: labels)
    }
    return EvaluationSummary(
      labels: labels, convention: convention, cases: reports,
      failures: [.init(name: "c", reason: "no prediction")])
  }

  /// The mean of 2/3 (case a) and 1 (case b).
  private static let tumour: Double = (2.0 / 3 + 1) / 2

  @Test func meansLeaveOutWhatHasNoScore() throws {
    let summary = try Self.summary(.nan)
    #expect(summary.meanDice(of: summary.labels[0]) == Self.tumour)
    #expect(summary.meanDice(of: summary.labels[1]) == 0)
    #expect(summary.meanDice(of: summary.labels[2]) == nil)
    #expect(summary.foregroundDice == Self.tumour / 2)
  }

  @Test func meansFollowTheConvention() throws {
    let sum = Self.tumour + 0.5 + 1
    #expect(try Self.summary(.one).foregroundDice == sum / 3)
    #expect(try Self.summary(.zero).foregroundDice == Self.tumour / 3)
  }

  @Test func countsEmptyMasks() throws {
    let summary = try Self.summary(.nan)
    let node = summary.emptyMasks(of: summary.labels[1])
    #expect(node.cases == 2)
    #expect(node.bothEmpty == 1)
    #expect(node.missed == 0)
    #expect(node.spurious == 1)
    #expect(summary.emptyMasks(of: summary.labels[2]).bothEmpty == 2)
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
    #expect(Set(file.foreground_mean.keys) == keys)
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
      let empty_masks: String
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
      extras.counts["2"] == ["n_cases": 2, "n_both_empty": 1, "n_missed": 0, "n_spurious": 1])
    #expect(extras.failed_cases == [["name": "c", "reason": "no prediction"]])
    #expect(extras.case_names == ["a", "b"])
    #expect(extras.labels == ["1": "tumour", "2": "node", "3": "cyst"])
  }
}
