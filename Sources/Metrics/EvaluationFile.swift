import Foundation
import Imaging

/// The layout of `summary.json`: nnU-Net's, plus the key `chiasm`.
///
/// Source: the files written by nnU-Net v2's folder evaluation.
struct EvaluationFile: Codable, Equatable {
  /// The scores and counts of one label: of a case, or their mean.
  struct Scores: Equatable {
    var dice: Double?
    var iou: Double?
    var falsePositive: Double?
    var truePositive: Double?
    var falseNegative: Double?
    var trueNegative: Double?
    var predicted: Double?
    var referenced: Double?
  }

  struct Case: Codable, Equatable {
    let metrics: [String: Scores]
    let predictionFile: String
    let referenceFile: String

    enum CodingKeys: String, CodingKey {
      case metrics
      case predictionFile = "prediction_file"
      case referenceFile = "reference_file"
    }
  }

  /// What nnU-Net's layout has no room for.
  struct Extras: Codable, Equatable {
    let emptyMasks: String
    let emptyMaskCounts: [String: EvaluationSummary.EmptyMaskCounts]
    let failedCases: [EvaluationSummary.Failure]
    let caseNames: [String]
    let labelNames: [String: String]

    enum CodingKeys: String, CodingKey {
      case emptyMasks = "empty_masks"
      case emptyMaskCounts = "counts"
      case failedCases = "failed_cases"
      case caseNames = "case_names"
      case labelNames = "labels"
    }
  }

  let foregroundMean: Scores
  let mean: [String: Scores]
  let metricPerCase: [Case]
  let chiasm: Extras

  enum CodingKeys: String, CodingKey {
    case foregroundMean = "foreground_mean"
    case mean
    case metricPerCase = "metric_per_case"
    case chiasm
  }

  init(_ summary: EvaluationSummary) {
    let scores = summary.cases.map { report in
      report.confusions.mapValues { Scores($0, emptyMasks: summary.convention) }
    }
    let means = summary.labels.map { label in
      Scores(meanOf: scores.compactMap { $0[label.value] })
    }
    let keys = summary.labels.map { String($0.value) }
    foregroundMean = Scores(meanOf: means)
    mean = Dictionary(uniqueKeysWithValues: zip(keys, means))
    metricPerCase = zip(summary.cases, scores).map { report, scores in
      Case(
        metrics: Dictionary(uniqueKeysWithValues: scores.map { (String($0), $1) }),
        predictionFile: report.predictionPath, referenceFile: report.referencePath)
    }
    chiasm = Extras(
      emptyMasks: summary.convention.rawValue,
      emptyMaskCounts: Dictionary(
        uniqueKeysWithValues: zip(keys, summary.labels.map { summary.emptyMasks(of: $0) })),
      failedCases: summary.failures,
      caseNames: summary.cases.map(\.name),
      labelNames: Dictionary(uniqueKeysWithValues: zip(keys, summary.labels.map(\.name))))
  }
}

extension EvaluationFile.Scores {
  /// One label of one case.
  init(_ counts: Confusion, emptyMasks convention: EmptyMaskConvention) {
    dice = convention(counts.dice)
    iou = convention(counts.iou)
    falsePositive = Double(counts.falsePositive)
    truePositive = Double(counts.truePositive)
    falseNegative = Double(counts.falseNegative)
    trueNegative = Double(counts.trueNegative)
    predicted = Double(counts.predicted)
    referenced = Double(counts.referenced)
  }

  /// The mean of each number over those that have it.
  init(meanOf scores: [Self]) {
    func average(_ number: KeyPath<Self, Double?>) -> Double? {
      Metrics.mean(of: scores.compactMap { $0[keyPath: number] })
    }
    dice = average(\.dice)
    iou = average(\.iou)
    falsePositive = average(\.falsePositive)
    truePositive = average(\.truePositive)
    falseNegative = average(\.falseNegative)
    trueNegative = average(\.trueNegative)
    predicted = average(\.predicted)
    referenced = average(\.referenced)
  }
}

extension EvaluationFile.Scores: Codable {
  enum CodingKeys: String, CodingKey {
    case dice = "Dice"
    case iou = "IoU"
    case falsePositive = "FP"
    case truePositive = "TP"
    case falseNegative = "FN"
    case trueNegative = "TN"
    case predicted = "n_pred"
    case referenced = "n_ref"
  }

  /// Writes every key, with `null` where there is no number.
  func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(dice, forKey: .dice)
    try fields.encode(iou, forKey: .iou)
    try fields.encode(falsePositive, forKey: .falsePositive)
    try fields.encode(truePositive, forKey: .truePositive)
    try fields.encode(falseNegative, forKey: .falseNegative)
    try fields.encode(trueNegative, forKey: .trueNegative)
    try fields.encode(predicted, forKey: .predicted)
    try fields.encode(referenced, forKey: .referenced)
  }
}
