public import Imaging

/// The labelled cases of a dataset, divided into those to learn from and those held out.
public struct CaseSplit: Sendable {
  public let training: [CaseFiles]
  public let validation: [CaseFiles]

  /// - Parameter fold: Which of the dataset's folds is held out, from 0; `nil`: none, learn from all.
  /// - Throws: ``TrainingError`` when the fold does not exist or leaves nothing to learn from.
  public init(of dataset: Dataset, fold: Int?) throws(TrainingError) {
    let labelled = dataset.labelledCases
    guard !labelled.isEmpty else { throw .noCases(purpose: "training", dataset: dataset.name) }
    guard let fold else {
      (training, validation) = (labelled, [])
      return
    }
    let folds = dataset.folds()
    guard folds.indices.contains(fold) else {
      throw .badFold(fold: fold, count: folds.count)
    }
    let learnt = Set(folds[fold].training)
    let held = Set(folds[fold].validation)
    training = labelled.filter { learnt.contains($0.name) }
    validation = labelled.filter { held.contains($0.name) }
    if training.isEmpty { throw .noCases(purpose: "training", dataset: dataset.name) }
  }
}
