import Architecture
import Foundation
import Imaging
import Metrics
import Training

extension DatasetReport {
  /// The report for a terminal.
  var text: String {
    var blocks = [summaryText, modalityText, labelText]
    if let plan { blocks.append(Self.text(of: plan)) }
    if !handling.isEmpty { blocks.append(handlingText) }
    if !skewed.isEmpty { blocks.append(Self.text(of: skewed, "skewed scan", "skewed scans")) }
    blocks.append(faults.isEmpty ? "No faults." : Self.text(of: faults, "fault", "faults"))
    return blocks.joined(separator: "\n\n")
  }

  private var summaryText: String {
    let count = fingerprint.cases.count
    var lines = [
      "\(name): \(count) \(count == 1 ? "case" : "cases"), \(labelledCases) to learn from, "
        + "\(testCases) held back for a test",
      "  folder     \(root)",
      isAligned
        ? "  reference  \(reference) (masks are written on its grid)"
        : "  aligned    no: every scan is a case of its own",
    ]
    if let licence { lines.append("  licence    \(licence)") }
    return lines.joined(separator: "\n")
  }

  private var modalityText: String {
    var table = TextTable(header: [
      "Modality", "kind", "cases", "missing", "median voxels", "median spacing mm", "foreground",
    ])
    for modality in fingerprint.modalities {
      let intensity = modality.foreground.map { found in
        String(format: "%.4g ± %.4g", found.mean, found.deviation)
      }
      let size = [modality.medianSize.x, modality.medianSize.y, modality.medianSize.z]
      table.add([
        modality.name, modality.kind.rawValue, "\(modality.casesPresent)",
        "\(modality.casesMissing)", size.map(String.init).joined(separator: "×"),
        Self.lengths(modality.medianSpacing), intensity ?? "–",
      ])
    }
    return table.text
  }

  private var labelText: String {
    var table = TextTable(header: ["Label", "value", "cases", "median voxels"])
    for label in labels {
      let counts = fingerprint.cases.compactMap { $0.labelVoxels[label.name] }.filter { $0 > 0 }
      let median = counts.isEmpty ? "–" : "\(counts.sorted()[counts.count / 2])"
      table.add([label.name, "\(label.value)", "\(counts.count)", median])
    }
    return table.text
  }

  private static func text(of plan: Plan) -> String {
    let spacing = plan.spacing.map { String(format: "%.2f", $0) }.joined(separator: " × ")
    let reach = zip(plan.patchSize, plan.spacing).map { String(format: "%.0f", Double($0) * $1) }
    let levels = plan.topology.levels
    let channels = levels.map { "\($0.channels)" }.joined(separator: ", ")
    return """
      Plan
        working grid  \(spacing) mm, axes to the right, to the front, to the head
        patch         \(plan.patchSize.map(String.init).joined(separator: " × ")) voxels \
      (\(reach.joined(separator: " × ")) mm), \(plan.batchSize) per step
        network       \(levels.count) levels of \(channels) channels, \
      \(plan.topology.blocksPerLevel) blocks each, \(plan.topology.classes) classes
      """
  }

  private var handlingText: String {
    let lines = zip(handling, fingerprint.modalities).map { entry, found in
      """
        \(entry.modality)
          spacing      \(Self.range(found))
          grid         \(entry.grid)
          intensities  \(entry.intensities)
      """
    }
    return "What is done with each modality\n" + lines.joined(separator: "\n")
  }

  private static func text(of entries: [Fault], _ one: String, _ many: String) -> String {
    let lines = entries.map { fault in
      let problem = fault.problem.split(separator: "\n").joined(separator: "\n    ")
      return "  \(fault.caseName)\n    \(problem)"
    }
    let count = entries.count == 1 ? "1 \(one)" : "\(entries.count) \(many)"
    return "\(count)\n" + lines.joined(separator: "\n")
  }

  /// "2.40×2.40×3.00 mm", or from where to where when cases differ.
  private static func range(_ modality: Fingerprint.ModalityFingerprint) -> String {
    let (least, most) = (lengths(modality.minimumSpacing), lengths(modality.maximumSpacing))
    return least == most ? "\(least) mm in all cases" : "from \(least) to \(most) mm"
  }

  private static func lengths(_ spacing: SIMD3<Double>) -> String {
    [spacing.x, spacing.y, spacing.z].map { String(format: "%.2f", $0) }.joined(separator: "×")
  }
}
