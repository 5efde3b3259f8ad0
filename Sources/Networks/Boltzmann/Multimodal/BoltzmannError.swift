/// Why a multimodal Boltzmann machine refused features, or could not be trained on them.
public enum BoltzmannError: Error, Hashable, CustomStringConvertible {
  case modalityCount(expected: [String], found: Int)
  case featureCount(modality: String, expected: Int, found: Int)
  case notFinite(modality: String, feature: Int)
  case notAProbability(modality: String, feature: Int, value: Double)
  case nothingPresent
  case noTrainingSamples
  case noSamples(modality: String)
  case noCompleteSample
  case diverged

  public var description: String {
    switch self {
    case .modalityCount(let expected, let found):
      "A sample has \(found) modalities, expected \(expected.count) "
        + "(\(expected.joined(separator: ", "))). Give nil for one that is absent."
    case .featureCount(let modality, let expected, let found):
      "\(modality): \(found) features, expected \(expected)."
    case .notFinite(let modality, let feature):
      "\(modality): feature \(feature) is not a finite number. Give nil for an absent modality."
    case .notAProbability(let modality, let feature, let value):
      "\(modality): feature \(feature) is \(value), but binary units take 0 to 1. "
        + "Use Gaussian units for other numbers."
    case .nothingPresent:
      "A sample has no modality at all. Leave it out."
    case .noTrainingSamples:
      "There is no sample to train on. Give one or more."
    case .noSamples(let modality):
      "\(modality): no sample has it. Leave it out of the machine, or add samples."
    case .noCompleteSample:
      "No sample has all modalities. The joint layer's pre-training needs one or more."
    case .diverged:
      "Training diverged: the weights are no longer finite numbers. "
        + "Standardise the features, or lower the learning rate."
    }
  }
}
