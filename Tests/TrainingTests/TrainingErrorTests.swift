import Testing
import Training

struct TrainingErrorTests {
  @Test(arguments: [
    (
      TrainingError.noCases(purpose: "training", dataset: "Sarcoma"),
      """
      'Sarcoma' has no usable labelled case for training.
      Run `chiasm inspect` on the dataset to see what is wrong with its cases.
      """
    ),
    (
      .missingLabels(caseName: "case-4"),
      "case-4: there is no label map to learn from. Add one, or leave the case out."
    ),
    (
      .badWeights(path: "run/weights.safetensors", problem: "'head.bias' is missing"),
      "run/weights.safetensors: the weights do not fit: 'head.bias' is missing. "
        + "Train again, or name the run they belong to."
    ),
    (
      .unknownModality(name: "us", known: ["ct", "mri"]),
      "There is no modality 'us' in this dataset. It has: ct, mri."
    ),
    (.badFold(fold: 7, count: 5), "There is no fold 7: the dataset has 5 folds, 0 to 4."),
    (
      .lossNotFinite(step: 3, loss: .infinity),
      """
      Training diverged: the loss of step 3 is inf.
      Lower the learning rate, or check the scans with `chiasm inspect`.
      """
    ),
    (
      .batchTooSmall(patches: 2, needed: 4),
      """
      Scans that share no space are tied by comparing patients, and a batch of 2 patches does not hold all \
      scans of two.
      Raise "batchSize" in the pipeline's "plan" section to 4 or more; many patients tell more.
      """
    ),
  ])
  func saysWhatIsWrongAndWhatToDo(error: TrainingError, message: String) {
    #expect(error.description == message)
  }
}
