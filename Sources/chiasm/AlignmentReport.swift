import Foundation
import Registration

/// What `register` has done, for a person or as JSON.
struct AlignmentReport: Encodable {
  /// One label in both scans.
  struct Overlap: Encodable {
    let label: Int

    /// With the scans as their headers place them; absent when neither map has the label there.
    let diceBefore: Double?
    let diceAfter: Double?
  }

  let output: String

  /// The transform that was applied, where none was looked for.
  private(set) var applied: String?
  private(set) var transform: String?
  private(set) var metric: String?

  /// Absent when the scans, as their headers place them, do not meet.
  private(set) var metricBefore: Double?
  private(set) var metricAfter: Double?

  /// The part of the smaller scan's box that lies in the other's.
  private(set) var overlap: Double?

  /// How far the corners of the fixed scan's box are carried, in millimetres: their mean.
  private(set) var meanDisplacement: Double?

  /// Four rows, from the fixed scan's RAS+ millimetres to the moving scan's.
  private(set) var matrix: [[Double]]?
  let labels: [Overlap]?

  /// What an alignment has come to.
  init(
    _ alignment: Alignment, options: RegistrationOptions, output: String, overlaps: [Overlap]?
  ) {
    (self.output, labels) = (output, overlaps)
    (transform, metric) = (options.model.rawValue, options.measure.rawValue)
    metricBefore = alignment.similarityBefore
    metricAfter = alignment.similarityAfter
    overlap = alignment.overlap
    meanDisplacement = alignment.transform.meanDisplacement
    matrix = alignment.transform.rows
  }

  /// A transform that was only applied.
  init(applied: String, output: String, overlaps: [Overlap]?) {
    (self.output, self.applied, labels) = (output, applied, overlaps)
  }

  /// The report for a terminal.
  var text: String {
    var lines = [output]
    if let applied { lines.append("  applied       \(applied)") }
    if let metric, let metricAfter {
      let before = metricBefore.map { String(format: "%.4f", $0) } ?? "–"
      lines.append(
        "  \(metric.padding(toLength: 12, withPad: " ", startingAt: 0))  \(before) → "
          + String(format: "%.4f", metricAfter))
    }
    if let overlap { lines.append(String(format: "  overlap       %.3f", overlap)) }
    if let meanDisplacement {
      lines.append(String(format: "  displacement  %.2f mm", meanDisplacement))
    }
    for overlap in labels ?? [] {
      let numbers = [overlap.diceBefore, overlap.diceAfter].map { dice in
        dice.map { String(format: "%.3f", $0) } ?? "–"
      }
      let title = "dice of \(overlap.label)".padding(toLength: 12, withPad: " ", startingAt: 0)
      lines.append("  \(title)  \(numbers[0]) → \(numbers[1])")
    }
    return lines.joined(separator: "\n")
  }
}
