import Architecture
import Foundation
import Imaging
import Training

/// What `predict` looks at before the first window.
struct PredictionCheck {
  let model: RunFolder
  let input: String
  let output: String
  let dataset: Dataset

  /// The option that names the dataset, and what else may help where a modality is missing.
  var words = (option: "--input", advice: "name with --modalities what there is, ")

  /// Those of the model's modalities that are to be used; `nil`: all.
  var modalities: [String]? = nil

  /// Refuses modalities that the model does not read, and a dataset that lacks one that is to be used
  /// altogether, or has another reference.
  func refuseForeignDataset() throws {
    let (plan, design) = try model.design()
    let known = zip(design.modalities, design.isRead).filter(\.1).map(\.0)
    if let unknown = modalities?.first(where: { !known.contains($0) }) {
      throw UsageError(
        "--modalities: the model \(model.path) does not read '\(unknown)'; it reads "
          + known.joined(separator: ", ") + "." + Suggestion.sentence(for: unknown, among: known))
    }
    let there = dataset.modalities.map(\.name)
    let wanted = modalities ?? design.modalities
    guard wanted.allSatisfy(there.contains), plan.reference == dataset.reference else {
      throw UsageError(
        """
        \(words.option) \(input): this dataset is not one for the model \(model.path).
          the model reads:  \(Self.listed(design.modalities, reference: plan.reference))
          the dataset has:  \(Self.listed(there, reference: dataset.reference))
        Choose another model, \(words.advice)or correct dataset.json.
        """)
    }
  }

  private static func listed(_ modalities: [String], reference: String) -> String {
    modalities.joined(separator: ", ") + "; the reference is \(reference)"
  }

  /// Refuses an output folder in which a mask or a picture would replace a file of the dataset.
  func refuseToOverwrite(by cases: [CaseFiles]) throws(UsageError) {
    let files = dataset.cases.flatMap { Array($0.images.values) + [$0.labels].compactMap(\.self) }
    var owned: [FilePlace: String] = [:]
    for file in files {
      // A link is a file of the dataset, and what it leads to is another.
      owned[FilePlace(of: file.path)] = file.path
      owned[FilePlace(behind: file.path)] = file.path
    }
    for name in cases.map(\.name) {
      for path in ["\(output)/\(name).nii.gz", "\(output)/pictures/\(name).png"] {
        if let file = owned[FilePlace(of: path)] {
          throw UsageError(
            "--output \(output): the result of \(name) would replace \(file), which belongs to the "
              + "dataset. Choose another folder.")
        }
      }
    }
  }

  /// A warning when the cases of a fold are not the ones that the model held out.
  ///
  /// - Returns: `nil` when they are, when no fold was asked for, or when the model does not say.
  func learntCases(among cases: [CaseFiles], _ selection: CaseSelection) throws -> String? {
    guard case .fold(let fold) = selection,
      FileManager.default.fileExists(atPath: model.file("run.json"))
    else { return nil }
    let record = try model.read(RunRecord.self, from: "run.json")
    let isOther = record.fold != fold
    let names = cases.map(\.name).filter {
      record.trainingCases.contains($0) || isOther && !record.validationCases.contains($0)
    }
    guard !names.isEmpty else { return nil }
    let own = record.fold.map { "fold \($0)" } ?? "no fold"
    return "--fold \(fold): the model in \(model.path) held out \(own); not held out: "
      + names.joined(separator: ", ") + "."
  }
}
