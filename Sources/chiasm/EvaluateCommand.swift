import Foundation
import Imaging
import Metrics
import Training

/// `chiasm evaluate`: compares predicted masks with reference masks.
struct EvaluateCommand: Command {
  static let help = Help(
    name: "evaluate",
    abstract: "Compare predicted masks with reference masks: overlap, surface distances, lesions.",
    usage: [
      "(--predictions MASKS | --subsets --model RUN) --references DATASET|FOLDER",
      "[--resume] [--device cpu|cuda] [--compare OTHER] [--output summary.json]",
      "[--empty nan|one|zero|penalty] [--surfaces surfels|voxels|contours|none]",
      "[--percentiles 95] [--tolerances 1,2] [--regions whole=1+2,core=2]",
      "[--lesions faces|edges|corners] [--lesion-minimum MM3]",
      "[--fold K | --cases A,B] [--threads N] [--seed N] [--json]",
    ],
    options: [
      .init(
        "predictions", "MASKS",
        "The folder of predicted masks. Given several times, the folders are shown side by side."),
      .init(
        "subsets",
        "Segment from every subset of the modalities that a model reads, and print the Dice of each: "
          + "how good is the network when scans are missing? Masks lie in RUN/subsets."),
      .init("model", "RUN", "The run folder of `chiasm train`, for --subsets."),
      .init("resume", "With --subsets: keep the masks that are there already."),
      .init("device", "NAME", "With --subsets: where to compute.", standard: "cpu"),
      .init(
        "references", "PATH",
        "A dataset, whose labels are the reference, or a folder of masks with the same names."),
      .init(
        "compare", "OTHER",
        "Another folder of predictions: the difference of every metric, case by case."),
      .init(
        "output", "FILE",
        "Where to write the summary; every number of every case lies beside it "
          + "as .csv.", standard: "MASKS/summary.json, RUN/subsets.json"),
      .init(
        "empty", "RULE",
        "What counts where both masks are empty: nan (left out), one (score 1, distance 0), zero "
          + "(score 0), or penalty (as one; and the distance to nothing is the image's diagonal).",
        standard: "nan"),
    ] + MeasurementChoice.help + [RegionChoice.help] + CaseSelection.help + [
      .init("threads", "N", "Cases to compare at a time.", standard: "one per core"),
      .init("seed", "N", "The seed of the bootstrap.", standard: "1"),
      .init("quiet", "Print only the table, warnings and errors."),
      .init("json", "Print the summary as JSON."),
    ],
    example: "chiasm evaluate --predictions demo/masks/fused --references demo/phantom --fold 0",
    discussion: "Every metric is given per label and region: Dice, IoU, sensitivity, specificity, "
      + "precision, volume similarity and difference, Hausdorff distance and its percentiles, "
      + "average surface distances, surface Dice. Distances are exact and in millimetres. A case "
      + "that cannot be compared is listed, the others go on, and the status is 2. With --subsets a case "
      + "counts for the subsets of what it has.")

  private let subsets: SubsetChoice?
  private let predictions: [String]
  private let references: String
  private let other: String?
  private let output: String?
  private let empty: EmptyMaskConvention
  private let measurement: MeasurementChoice
  private let regions: RegionChoice
  private let selection: CaseSelection
  private let threads: Int
  private let bootstrap: Bootstrap
  private let printing: PrintingOptions

  init(_ arguments: inout Arguments) throws(UsageError) {
    printing = try PrintingOptions(&arguments)
    subsets = try SubsetChoice(&arguments)
    predictions = try arguments.options("predictions")
    guard !predictions.isEmpty || subsets != nil else {
      throw UsageError("--predictions is missing.")
    }
    references = try arguments.required("references")
    other = try arguments.option("compare")
    output = try arguments.option("output")
    empty = try arguments.choice("empty", of: EmptyMaskConvention.self) ?? .nan
    measurement = try MeasurementChoice(&arguments)
    regions = try RegionChoice(&arguments)
    selection = try CaseSelection(&arguments)
    threads =
      try arguments.integer("threads", atLeast: 1) ?? ProcessInfo.processInfo.activeProcessorCount
    bootstrap = Bootstrap(seed: try arguments.seed() ?? Bootstrap().seed)
    if predictions.count > 1, output != nil || printing.isJSON || other != nil {
      throw UsageError(
        "--output, --compare and --json take one summary, and there are several --predictions.")
    }
    if subsets != nil, !predictions.isEmpty || other != nil {
      throw UsageError("--subsets makes its own masks; leave --predictions and --compare out.")
    }
  }

  func run(_ console: Console) throws -> ExitCode {
    if let subsets { return try run(subsets, console) }
    let references = try References(at: references, selection: selection)
    let evaluate = try evaluation(of: references, measuring: measurement.options)
    var columns: [(title: String, summary: EvaluationSummary)] = []
    for folder in predictions + (other.map { [$0] } ?? []) {
      let summary = evaluate(folder, console)
      for failure in summary.failures { console.warn(failure.reason, of: failure.name) }
      columns.append((Self.title(of: folder), summary))
    }
    let comparison = other.map { _ in
      let titles = Self.distinct(columns.map(\.title))
      return EvaluationComparison(
        columns[0].summary, titled: titles[0], with: columns[1].summary, titled: titles[1])
    }
    for (folder, column) in zip(predictions, columns) {
      try report(column.summary, of: folder, comparison, console)
    }
    if predictions.count > 1 { console.result(EvaluationSummary.comparison(of: columns)) }
    if columns.contains(where: { $0.summary.cases.isEmpty }) { return .badData }
    return columns.allSatisfy { $0.summary.failures.isEmpty } ? .done : .someCasesFailed
  }

  private func evaluation(
    of references: References, measuring options: MeasurementOptions
  ) throws -> EvaluationRun {
    EvaluationRun(
      references: references, regions: try references.regions(adding: regions),
      options: options, convention: empty, bootstrap: bootstrap, threads: threads)
  }

  private func run(_ subsets: SubsetChoice, _ console: Console) throws -> ExitCode {
    let evaluate = SubsetEvaluation(
      model: subsets.model, references: references, selection: selection, device: subsets.device,
      isResumed: subsets.isResumed,
      comparing: { references in
        // Nothing but Dice is reported.
        var options = measurement.options
        (options.surfaces, options.lesions) = (nil, nil)
        return try evaluation(of: references, measuring: options)
      })
    let report = try evaluate(console)
    let failures = report.rows.flatMap { row in row.summary.failures.map { (row.title, $0) } }
    for (title, failure) in failures {
      console.warn("\(failure.name) from \(title): \(failure.reason)")
    }
    try AtomicFile.write(RunFolder.json(report), to: output ?? "\(subsets.model)/subsets.json")
    if printing.isJSON { try console.json(report) } else { console.result(report.table()) }
    if report.mean == nil { return .badData }
    return failures.isEmpty ? .done : .someCasesFailed
  }

  private static func title(of folder: String) -> String {
    URL(fileURLWithPath: folder).lastPathComponent
  }

  /// Two folders of one name are told apart by their order.
  private static func distinct(_ titles: [String]) -> [String] {
    Set(titles).count == titles.count
      ? titles : titles.enumerated().map { "\($1) (\($0 + 1))" }
  }

  /// Prints and writes one folder's summary.
  private func report(
    _ summary: EvaluationSummary, of folder: String, _ comparison: EvaluationComparison?,
    _ console: Console
  ) throws {
    let data = try summary.encode(comparison: comparison)
    if printing.isJSON {
      console.result(String(decoding: data, as: UTF8.self))
    } else if predictions.count == 1 {
      console.result(summary.table())
      if let comparison {
        console.result("\n" + comparison.table(of: summary.options.mainMetrics))
      }
    }
    guard !summary.cases.isEmpty else { return }
    do throws(ImagingError) {
      let path = output ?? "\(folder)/summary.json"
      try AtomicFile.write(data, to: path)
      let stem = path.hasSuffix(".json") ? String(path.dropLast(5)) : path
      try AtomicFile.write(Data(summary.spreadsheet().utf8), to: stem + ".csv")
    } catch {
      // Predictions may lie where nothing can be written; only a file that was asked for must be.
      if output != nil { throw error }
      console.warn("\(error)")
    }
  }
}
