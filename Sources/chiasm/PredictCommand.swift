import Foundation
import Imaging
import Training

/// `chiasm predict`: segments every case of a dataset or folder with a trained network.
struct PredictCommand: Command {
  static let help = Help(
    name: "predict",
    abstract: "Segment cases with a trained network; masks lie on the original grid.",
    usage: [
      "--model RUN --input DATASET|FOLDER --output MASKS [--resume]",
      "[--modalities A,B] [--fold K | --cases A,B] [--window-scale S] [--step S]",
      "[--mirror] [--max-memory SIZE] [--device cpu|cuda] [--threads N]",
    ],
    options: ModelUse.help(
      input: ("PATH", "A dataset, or a folder of scans."),
      output: ("MASKS", "The folder for the masks, and for pictures in pictures/.")
    ) + [
      .init(
        "modalities", "A,B",
        "Use these of the model's modalities alone. The reference scan gives the grid all the same.",
        standard: "all that a case has"),
      .init("resume", "Keep the masks that are there already."),
    ] + CaseSelection.help + InferenceChoice.help
      + ComputingOptions.help.filter { $0.name != "seed" },
    example: "chiasm predict --model demo/fused --input demo/phantom --fold 0 "
      + "--output demo/masks/fused",
    discussion: "In a folder without a dataset.json, the scans of a case are CASE_MODALITY.nii.gz, "
      + "CASE_0000.nii.gz with nnU-Net's channel numbers, or CASE/MODALITY.nii.gz. A case may "
      + "lack modalities; OUTPUT/cases.jsonl says of which each mask was made. A case that cannot be segmented is listed, the others go on, and the status is 2."
  )

  private let use: ModelUse
  private let isResumed: Bool
  private let modalities: [String]?
  private let inference: InferenceOptions
  private let printing: PrintingOptions

  init(_ arguments: inout Arguments) throws(UsageError) {
    printing = try PrintingOptions(&arguments)
    use = try ModelUse(&arguments)
    if use.computing.seed != nil { throw UsageError("'predict' has no option --seed.") }
    isResumed = try arguments.flag("resume")
    modalities = try arguments.list("modalities")
    inference = try InferenceChoice.read(&arguments)
  }

  func run(_ console: Console) throws -> ExitCode {
    try use.computing.apply()
    let folder = try RunFolder(opening: use.model)
    let dataset = try dataset(for: folder)
    let check = PredictionCheck(
      model: folder, input: use.input, output: use.output, dataset: dataset,
      modalities: modalities)
    try check.refuseForeignDataset()
    let cases = try use.cases(of: dataset, to: "segment")
    try check.refuseToOverwrite(by: cases)
    if let warning = try check.learntCases(among: cases, use.selection) { console.warn(warning) }
    let bar = console.progress("Predicting", total: cases.count * Self.ticks)
    var report = Report()
    var warnings: [String] = []
    try PredictionRun(
      run: folder, dataset: dataset, output: use.output, device: use.computing.device,
      options: inference, modalities: modalities,
      threads: use.computing.threads)(
        cases, resume: isResumed,
        onWindow: { name, done, count in bar.advance(to: Self.ticks * done / count, name) },
        onWarning: { name, warning in warnings.append("\(name): \(warning)") },
        onCase: { name, outcome in
          report.add(name, outcome)
          bar.begin(at: report.count * Self.ticks, name)
          bar.advance(to: 0)
        })
    bar.finish()
    for warning in warnings { console.warn(warning) }
    for entry in report.failed { console.warn(entry.reason, of: entry.name) }
    for entry in report.incomplete {
      console.warn("\(entry.name): segmented without \(entry.missing.joined(separator: ", ")).")
    }
    if printing.isJSON { try console.json(report) }
    console.note(
      "\(use.output): \(report.masks.count) of \(cases.count) masks; pictures in "
        + "\(use.output)/pictures.")
    if report.masks.isEmpty { return .failed }
    return report.failed.isEmpty ? .done : .someCasesFailed
  }

  /// The parts into which the bar divides a case.
  private static let ticks = 100

  private func dataset(for folder: RunFolder) throws -> Dataset {
    let isDescribed =
      use.input.hasSuffix(".json")
      || FileManager.default.fileExists(atPath: use.input + "/dataset.json")
    if isDescribed { return try Dataset.load(use.input) }
    return try ScanFolder(path: use.input).dataset(for: try folder.design().plan)
  }

  /// What became of the cases.
  private struct Report: Encodable {
    struct Failure: Encodable {
      let name: String
      let reason: String
    }

    struct Incomplete: Encodable {
      let name: String
      let missing: [String]
    }

    var masks: [String: String] = [:]
    var incomplete: [Incomplete] = []
    var failed: [Failure] = []

    var count: Int { masks.count + failed.count }

    mutating func add(_ name: String, _ outcome: PredictionRun.Outcome) {
      switch outcome {
      case .written(let path, let missing):
        masks[name] = path
        if !missing.isEmpty { incomplete.append(Incomplete(name: name, missing: missing)) }
      case .kept(let path): masks[name] = path
      case .failed(let reason): failed.append(Failure(name: name, reason: reason))
      }
    }
  }
}
