import Testing
import Training

struct EmbeddingErrorTests {
  @Test(arguments: [
    (
      EmbeddingError.notEmbeddings(path: "e/embeddings.json", problem: "it has no 'rows'"),
      "e/embeddings.json: these are no embeddings that can be used: it has no 'rows'. "
        + "Make them anew with `chiasm embed`."
    ),
    (
      .notAMachine(path: "m/machine.json", problem: "it has no 'joint'"),
      "m/machine.json: this is no machine that can be used: it has no 'joint'. "
        + "Train one with `chiasm infill --train`."
    ),
    (
      .otherWeights(path: "runs/ct"),
      "runs/ct: the weights in this folder are not a machine's. Keep the machine in another folder."
    ),
    (.tooLittle(problem: "1 case"), "There is too little to learn from: 1 case."),
    (
      .unknownName("pet", concept: "modality", known: ["ct", "mri"]),
      "The embeddings have no modality 'pet'; they have ct, mri."
    ),
    (
      .otherFeatures(than: "those to align by"),
      "The embeddings come from another network, level or kind of features than those to align by. "
        + "Make both with the same run and options."
    ),
    (
      .sharedCases(first: "a", count: 3),
      "The embeddings to align by hold 3 of the cases that are to be found, such as a: "
        + "their pairs would be known beforehand. Embed other cases, by --fold or --cases."
    ),
    (
      .nameIsTaken("fused", of: "modality", means: "what the network makes of all"),
      "A modality is called 'fused', which is what embeddings call what the network makes of all. "
        + "Give it another name."
    ),
  ])
  func saysWhatIsWrongAndWhatToDo(error: EmbeddingError, message: String) {
    #expect(error.description == message)
  }
}
