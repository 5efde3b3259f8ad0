import Architecture
import Testing

extension CellVocabulary {
  /// Vocabularies that differ in what they lack: single edges, the sum, all but one word.
  static func examples() throws -> [CellVocabulary] {
    [.standard, .complete] + (try smallExamples())
  }

  /// Those whose spaces are small enough to be walked through.
  static func smallExamples() throws -> [CellVocabulary] {
    [
      try CellVocabulary(
        operations: [.maxPool3, .channelAttention], combinations: [.gated, .concatenate]),
      try CellVocabulary(operations: [.separable3], combinations: [.sum]),
      try CellVocabulary(operations: [.skip], combinations: [.concatenate]),
    ]
  }
}

struct CellVocabularyTests {
  @Test func theStandardOneStaysAsItIs() {
    #expect(CellVocabulary.standard.operations == [.skip, .convolution1, .convolution3])
    #expect(CellVocabulary.standard.combinations == [.concatenate, .sum, .gated])
  }

  @Test func theOrderOfNamingDoesNotMatter() throws {
    let one = try CellVocabulary(
      operations: [.maxPool3, .skip], combinations: [.gated, .concatenate])
    let other = try CellVocabulary(
      operations: [.skip, .maxPool3], combinations: [.concatenate, .gated])
    #expect(one == other)
    #expect(one.operations == [.skip, .maxPool3])
  }

  @Test func nothingAndDoublesAreRefused() {
    #expect(
      message { _ = try CellVocabulary(operations: [], combinations: [.sum]) }
        == "The search space is empty or too large: it may use no operation, expected at least one."
    )
    #expect(
      message { _ = try CellVocabulary(operations: [.skip], combinations: []) }
        == "The search space is empty or too large: it may use no combination, expected at least "
        + "one.")
    #expect(
      message { _ = try CellVocabulary(operations: [.skip, .skip], combinations: [.sum]) }
        == "The search space is empty or too large: the operation 'skip' is named twice.")
  }

  @Test func attentionAcrossModalitiesIsNotForCoordinatedCells() throws {
    let coordination = try Coordination(.cosine, weight: 0.1)
    #expect(
      throws: ArchitectureError.badSpace(
        "coordinated cells keep modalities apart, and 'crossModalAttention' mixes them; leave one out"
      )
    ) {
      try CellVocabulary(
        operations: [.skip, .crossModalAttention], combinations: [.sum],
        representations: [.joint, .coordinated(coordination)])
    }
    #expect(throws: ArchitectureError.badCoordination) {
      try CellGenotype.coordinated(by: coordination, .crossModalAttention, inputs: 2)
    }
  }
}
