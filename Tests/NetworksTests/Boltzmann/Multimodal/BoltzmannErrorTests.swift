import Networks
import Testing

struct BoltzmannErrorTests {
  @Test func messagesSayWhatWasExpectedAndFound() {
    let messages: [(BoltzmannError, String)] = [
      (
        .modalityCount(expected: ["ct", "mri"], found: 1),
        "A sample has 1 modalities, expected 2 (ct, mri). Give nil for one that is absent."
      ),
      (.featureCount(modality: "ct", expected: 3, found: 2), "ct: 2 features, expected 3."),
      (
        .notFinite(modality: "ct", feature: 1),
        "ct: feature 1 is not a finite number. Give nil for an absent modality."
      ),
      (
        .notAProbability(modality: "ct", feature: 0, value: 1.5),
        "ct: feature 0 is 1.5, but binary units take 0 to 1. Use Gaussian units for other numbers."
      ),
      (.nothingPresent, "A sample has no modality at all. Leave it out."),
      (.noTrainingSamples, "There is no sample to train on. Give one or more."),
      (
        .noSamples(modality: "mri"),
        "mri: no sample has it. Leave it out of the machine, or add samples."
      ),
      (
        .noCompleteSample,
        "No sample has all modalities. The joint layer's pre-training needs one or more."
      ),
      (
        .diverged,
        "Training diverged: the weights are no longer finite numbers. "
          + "Standardise the features, or lower the learning rate."
      ),
    ]
    for (error, message) in messages { #expect(error.description == message) }
  }
}
