public import Foundation
import Imaging

/// The layout of `summary.json`: nnU-Net's, plus more metrics beside its own, plus the key `chiasm`.
///
/// Source: the files written by nnU-Net v2's folder evaluation.
struct EvaluationFile: Encodable {
  /// The numbers of one region by their keys, of a case or their means; without a number: `null`.
  typealias Numbers = [String: Double?]

  struct Case: Encodable {
    let metrics: [String: Numbers]
    let predictionFile: String
    let referenceFile: String

    enum CodingKeys: String, CodingKey {
      case metrics
      case predictionFile = "prediction_file"
      case referenceFile = "reference_file"
    }
  }

  let foregroundMean: Numbers
  let mean: [String: Numbers]
  let metricPerCase: [Case]
  let chiasm: EvaluationExtras

  enum CodingKeys: String, CodingKey {
    case foregroundMean = "foreground_mean"
    case mean
    case metricPerCase = "metric_per_case"
    case chiasm
  }

  init(_ summary: EvaluationSummary, comparison: EvaluationComparison?) {
    let rows = summary.cases.map { report in
      Dictionary(
        uniqueKeysWithValues: summary.regions.compactMap { region in
          report.regions[region].map { (region.key, Self.numbers(of: $0, in: summary)) }
        })
    }
    let means = Dictionary(
      uniqueKeysWithValues: summary.regions.map { region in
        (region.key, Self.mean(of: rows.compactMap { $0[region.key] }))
      })
    foregroundMean = Self.mean(of: summary.foreground.compactMap { means[$0.key] })
    mean = means
    metricPerCase = zip(summary.cases, rows).map { report, metrics in
      Case(
        metrics: metrics, predictionFile: report.predictionPath,
        referenceFile: report.referencePath)
    }
    chiasm = EvaluationExtras(summary, comparison: comparison)
  }

  /// One region of one case.
  static func numbers(of report: RegionReport, in summary: EvaluationSummary) -> Numbers {
    let counts = report.confusion
    var numbers: Numbers = [
      "TP": Double(counts.truePositive), "FP": Double(counts.falsePositive),
      "FN": Double(counts.falseNegative), "TN": Double(counts.trueNegative),
      "n_pred": Double(counts.predicted), "n_ref": Double(counts.referenced),
    ]
    for metric in summary.options.metrics {
      numbers.updateValue(
        report.value(of: metric, emptyMasks: summary.convention), forKey: metric.key)
    }
    if let lesions = report.lesions {
      numbers["n_lesions_pred"] = Double(lesions.predicted)
      numbers["n_lesions_ref"] = Double(lesions.referenced)
      numbers["n_lesions_detected"] = Double(lesions.detected)
      numbers["n_lesions_missed"] = Double(lesions.missed)
      numbers["n_lesions_spurious"] = Double(lesions.spurious)
    }
    return numbers
  }

  /// The mean of each number over those that have it.
  private static func mean(of rows: [Numbers]) -> Numbers {
    var means: Numbers = [:]
    for key in Set(rows.flatMap(\.keys)) {
      means.updateValue(Metrics.mean(of: rows.compactMap { $0[key] ?? nil }), forKey: key)
    }
    return means
  }
}

extension EvaluationSummary {
  /// The summary as JSON in the layout of nnU-Net's `summary.json`, with what that layout has no
  /// room for under the key `chiasm`.
  ///
  /// A number that does not exist is `null`, because strict readers refuse nnU-Net's bare `NaN`.
  public func encode(comparison: EvaluationComparison? = nil) throws(MetricsError) -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do {
      return try encoder.encode(EvaluationFile(self, comparison: comparison))
    } catch {
      throw .unencodable(reason: "\(error)")
    }
  }
}
