import Foundation
import Imaging
import Metrics

/// `chiasm evaluate`: compares predicted masks with reference masks.
struct EvaluateCommand: Command {
  static let help = Help(
    name: "evaluate",
    abstract: "Compare predicted masks with reference masks: Dice and IoU per case and label.",
    usage: [
      "--predictions MASKS --references DATASET|FOLDER", "[--output summary.json]",
      "[--empty nan|one|zero] [--fold K | --cases A,B] [--json]",
    ],
    options: [
      .init(
        "predictions", "MASKS",
        "The folder of predicted masks. Given several times, the folders are shown side by side."),
      .init(
        "references", "PATH",
        "A dataset, whose labels are the reference, or a folder of masks with the same names."),
      .init("output", "FILE", "Where to write the summary.", standard: "MASKS/summary.json"),
      .init(
        "empty", "RULE",
        "What a case counts where both masks are empty: nan (left out), one or zero.",
        standard: "nan"),
    ] + CaseSelection.help + [
      .init("quiet", "Print only the table, warnings and errors."),
      .init("json", "Print the summary as JSON."),
    ],
    example: "chiasm evaluate --predictions demo/masks/fused --references demo/phantom --fold 0")

  private let predictions: [String]
  private let references: String
  private let output: String?
  private let empty: EmptyMaskConvention
  private let selection: CaseSelection
  private let printing: PrintingOptions

  init(_ arguments: inout Arguments) throws(UsageError) {
    printing = try PrintingOptions(&arguments)
    predictions = try arguments.options("predictions")
    guard !predictions.isEmpty else { throw UsageError("--predictions is missing.") }
    references = try arguments.required("references")
    output = try arguments.option("output")
    empty = try arguments.choice("empty", of: EmptyMaskConvention.self) ?? .nan
    selection = try CaseSelection(&arguments)
    if predictions.count > 1, output != nil || printing.isJSON {
      throw UsageError("--output and --json take one summary, and there are several --predictions.")
    }
  }

  func run(_ console: Console) throws -> ExitCode {
    let references = try References(at: references, selection: selection)
    var columns: [(title: String, summary: EvaluationSummary)] = []
    for folder in predictions {
      let summary = evaluate(folder, against: references, console)
      try report(summary, of: folder, console)
      columns.append((URL(fileURLWithPath: folder).lastPathComponent, summary))
    }
    if columns.count > 1 { console.result(EvaluationSummary.comparison(of: columns)) }
    if columns.contains(where: { $0.summary.cases.isEmpty }) { return .badData }
    return columns.allSatisfy { $0.summary.failures.isEmpty } ? .done : .someCasesFailed
  }

  private func evaluate(
    _ folder: String, against references: References, _ console: Console
  ) -> EvaluationSummary {
    let bar = console.progress("Comparing", total: references.masks.count)
    var reports: [CaseReport] = []
    var failures: [EvaluationSummary.Failure] = []
    for (index, reference) in references.masks.enumerated() {
      do {
        reports.append(
          try Self.compare(reference, in: MaskFolder(path: folder), labels: references.labels))
      } catch {
        failures.append(.init(name: reference.name, reason: "\(error)"))
      }
      bar.advance(to: index + 1, reference.name)
    }
    bar.finish()
    let values = Set(reports.flatMap(\.confusions.keys)).sorted()
    let labels = references.labels ?? values.map { Label(name: "label \($0)", value: $0) }
    return EvaluationSummary(
      labels: labels, convention: empty, cases: reports.map { $0.counting(labels) },
      failures: failures)
  }

  private static func compare(
    _ reference: References.Mask, in folder: MaskFolder, labels: [Label]?
  ) throws -> CaseReport {
    guard let path = folder.mask(ofCase: reference.name) else {
      throw MissingPrediction(folder: folder.path, caseName: reference.name)
    }
    let prediction = try NIfTI.readLabels(at: path)
    let expected = try ScanFile.readLabels(at: reference.file.path, frame: reference.file.frame)
    return try CaseReport.comparing(
      name: reference.name, prediction: prediction, predictionPath: path,
      reference: expected, referencePath: reference.file.path, labels: labels)
  }

  /// A case that has a reference and no prediction.
  private struct MissingPrediction: Error, CustomStringConvertible {
    let folder: String
    let caseName: String

    var description: String { "\(folder) has no \(caseName).nii.gz." }
  }

  /// Prints and writes one folder's summary.
  private func report(
    _ summary: EvaluationSummary, of folder: String, _ console: Console
  ) throws {
    for failure in summary.failures { console.warn("\(failure.name): \(failure.reason)") }
    let data = try summary.encode()
    if printing.isJSON {
      console.result(String(decoding: data, as: UTF8.self))
    } else if predictions.count == 1 {
      console.result(summary.table())
    }
    guard !summary.cases.isEmpty else { return }
    do throws(ImagingError) {
      try AtomicFile.write(data, to: output ?? "\(folder)/summary.json")
    } catch {
      // Predictions may lie where nothing can be written; only a file that was asked for must be.
      if output != nil { throw error }
      console.warn("\(error)")
    }
  }
}
