/// Why a training, a prediction or a plan could not go on.
///
/// Each message says which file or case, what was expected, what was found, and what to do.
public enum TrainingError: Error, Equatable, CustomStringConvertible, Sendable {
  case badPlan(problem: String, advice: String)
  case noCases(purpose: String, dataset: String)
  case missingModalities(caseName: String, expected: [String])
  case missingReference(caseName: String, modality: String)
  case missingLabels(caseName: String)
  case lossNotFinite(step: Int, loss: Double)
  case badRun(path: String, expected: String, found: String, advice: String)
  case badWeights(path: String, problem: String)
  case unknownModality(name: String, known: [String])
  case badFold(fold: Int, count: Int)
  case absentModality(name: String, dataset: String)
  case scoresNotFinite(caseName: String)
  case featuresNotFinite(caseName: String)
  case gridTooLarge(caseName: String, grid: String)
  case memoryTooSmall(caseName: String, needed: Double, promised: Int)
  case badFeatureSource(problem: String)
  case singleOutput(network: String)
  case batchTooSmall(patches: Int, needed: Int)

  public var description: String {
    switch self {
    case .badPlan(let problem, let advice):
      "The plan cannot be made: \(problem). \(advice)"
    case .noCases(let purpose, let dataset):
      """
      '\(dataset)' has no usable labelled case for \(purpose).
      Run `chiasm inspect` on the dataset to see what is wrong with its cases.
      """
    case .missingModalities(let caseName, let expected):
      """
      \(caseName): none of the modalities that the network reads is present.
        expected at least one of: \(expected.joined(separator: ", "))
      Add a scan, or use a network trained on the modalities that this case has.
      """
    case .missingReference(let caseName, let modality):
      """
      \(caseName): the reference scan '\(modality)' is missing, and masks are written on its grid.
      Add the scan, or choose another reference modality in dataset.json.
      """
    case .missingLabels(let caseName):
      "\(caseName): there is no label map to learn from. Add one, or leave the case out."
    case .lossNotFinite(let step, let loss):
      """
      Training diverged: the loss of step \(step) is \(loss.isNaN ? "not a number" : "\(loss)").
      Lower the learning rate, or check the scans with `chiasm inspect`.
      """
    case .badRun(let path, let expected, let found, let advice):
      """
      \(path): this is not a run that can be used.
        expected: \(expected)
        found:    \(found)
      \(advice)
      """
    case .badWeights(let path, let problem):
      "\(path): the weights do not fit: \(problem). Train again, or name the run they belong to."
    case .unknownModality(let name, let known):
      "There is no modality '\(name)' in this dataset. It has: \(known.joined(separator: ", "))."
    case .absentModality(let name, let dataset):
      """
      No training case of '\(dataset)' has a '\(name)' scan, so nothing can be learnt from it.
      Leave it out with --modalities, or check the file pattern in dataset.json.
      """
    case .scoresNotFinite(let caseName):
      """
      \(caseName): the network's scores are not all finite numbers, so there is no mask.
      Check the case with `chiasm inspect`; if it is sound, train again.
      """
    case .featuresNotFinite(let caseName):
      """
      \(caseName): the network's features are not all finite numbers.
      Check the case with `chiasm inspect`; if it is sound, train again.
      """
    case .gridTooLarge(let caseName, let grid):
      """
      \(caseName): the working grid would be too large: \(grid).
      Check the scan's spacing, or set a coarser "spacing" in the pipeline's plan.
      """
    case .memoryTooSmall(let caseName, let needed, let promised):
      """
      \(caseName): it does not fit into the promised memory.
        promised: \(promised >> 20) MB
        needed:   \(Int((needed / 1_048_576).rounded(.up))) MB
      Promise more with --max-memory, or train with a smaller patch.
      """
    case .badFeatureSource(let problem):
      "There are no such features: \(problem)."
    case .singleOutput(let network):
      """
      The network '\(network)' has a single output, so there is nothing to supervise deeply.
      Leave "deepSupervision" out of the pipeline's "training" section.
      """
    case .batchTooSmall(let patches, let needed):
      """
      Scans that share no space are tied by comparing patients, and a batch of \(patches) \
      \(patches == 1 ? "patch" : "patches") does not hold all scans of two.
      Raise "batchSize" in the pipeline's "plan" section to \(needed) or more; many patients tell more.
      """
    case .badFold(let fold, let count):
      "There is no fold \(fold): the dataset has \(count) folds, 0 to \(count - 1)."
    }
  }
}
