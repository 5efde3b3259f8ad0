import Foundation
import Imaging
import Measuring
import Metrics

/// Dice, HD95, surface Dice at 1 mm and ASSD of every label of two masks in memory, under each
/// convention: `MetricsBenchmark PREDICTION REFERENCE [REPETITIONS]`.
@main
enum MetricsBenchmark {
  static func main() throws {
    let words = CommandLine.arguments
    guard words.count > 2 else {
      FileHandle.standardError.write(
        Data("usage: MetricsBenchmark PREDICTION REFERENCE [REPETITIONS]\n".utf8))
      exit(64)
    }
    let repetitions = words.count > 3 ? Int(words[3]) ?? 5 : 5
    let prediction = try NIfTI.readLabels(at: words[1])
    let reference = try NIfTI.readLabels(at: words[2])
    for convention in SurfaceConvention.allCases {
      let figure = try Figure("metrics/all4/chiasm/\(convention)", repetitions: repetitions) {
        _ = try CaseReport(
          comparing: prediction, at: words[1], with: reference, at: words[2], name: "",
          regions: nil, options: MeasurementOptions(surfaces: convention))
      }
      print(try figure.line())
    }
  }
}
