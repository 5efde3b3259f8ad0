import Architecture
import Foundation
import Imaging
import Metrics
import Torch
import Training

/// What `chiasm evaluate --subsets` does: segments cases from every subset of a model's modalities, and
/// compares all of these masks with their references.
struct SubsetEvaluation {
  let model: String
  let references: String
  let selection: CaseSelection
  let device: Device

  /// Whether sound masks that are there already are kept.
  let isResumed: Bool

  /// Compares the masks of a folder with the given references.
  let comparing: (References) throws -> EvaluationRun

  /// The folder with a folder of masks for each subset.
  var masks: String { "\(model)/subsets" }

  /// The report; what fails is in it, and stops nothing.
  ///
  /// A case counts for the subsets of what it has. Masks lie on the reference scan's grid, also where
  /// a subset does not hold that scan.
  func callAsFunction(_ console: Console) throws -> SubsetReport {
    let dataset = try dataset()
    let run = try RunFolder(opening: model)
    let design = try run.design().design
    var check = PredictionCheck(model: run, input: references, output: masks, dataset: dataset)
    check.words = (option: "--references", advice: "")
    try check.refuseForeignDataset()
    let all = try References(at: references, selection: selection)
    let labelled = Set(all.masks.map(\.name))
    let cases = dataset.cases.filter { labelled.contains($0.name) }
    if let warning = try check.learntCases(among: cases, selection) { console.warn(warning) }
    let read = zip(design.modalities, design.isRead).filter(\.1).map(\.0)
    try ModalitySubsets.check(read)
    return SubsetReport(
      rows: try ModalitySubsets.all(of: read).map { subset in
        let complete = cases.filter { files in subset.allSatisfy { files.images[$0] != nil } }
        return try row(for: subset, of: complete, all, run, dataset, console)
      })
  }

  private func dataset() throws -> Dataset {
    guard
      references.hasSuffix(".json")
        || FileManager.default.fileExists(atPath: references + "/dataset.json")
    else {
      throw UsageError("--subsets needs a dataset, and \(references) is a folder without scans.")
    }
    return try Dataset.load(references)
  }

  /// One subset's masks and what they are worth.
  private func row(
    for subset: [String], of cases: [CaseFiles], _ all: References, _ run: RunFolder,
    _ dataset: Dataset, _ console: Console
  ) throws -> SubsetReport.Row {
    let title = ModalitySubsets.title(of: subset)
    let folder = "\(masks)/\(title)"
    let bar = console.progress("Predicting from \(title)", total: cases.count)
    var done = 0
    var failures: [EvaluationSummary.Failure] = []
    try PredictionRun(
      run: run, dataset: dataset, output: folder, device: device, modalities: subset)(
        cases, resume: isResumed,
        onWarning: { name, warning in console.warn("\(name): \(warning)") },
        onCase: { name, outcome in
          done += 1
          bar.advance(to: done, name)
          if case .failed(let reason) = outcome {
            failures.append(.init(name: name, reason: reason))
          }
        })
    bar.finish()
    let failed = Set(failures.map(\.name))
    let names = Set(cases.map(\.name)).subtracting(failed)
    let compared = try comparing(all.keeping(names))(folder, console)
    return SubsetReport.Row(
      modalities: subset,
      summary: EvaluationSummary(
        regions: compared.regions, options: compared.options, convention: compared.convention,
        bootstrap: compared.bootstrap, cases: compared.cases,
        failures: failures + compared.failures))
  }
}
