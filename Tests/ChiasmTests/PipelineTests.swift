import Foundation
import Testing

@testable import chiasm

struct PipelineTests {
  /// Reads a pipeline with the given text.
  private func read(_ text: String) throws -> Pipeline {
    try withFolder { folder in
      try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/p.json"))
      return try Pipeline.read(folder + "/p.json")
    }
  }

  /// What is said about a pipeline with the given text, its path left out.
  private func refusal(of text: String) -> String? {
    do {
      _ = try read(text)
      return nil
    } catch {
      let message = "\(error)"
      return message.range(of: "p.json: ").map { String(message[$0.upperBound...]) } ?? message
    }
  }

  @Test func withoutAFileEverythingHasItsDefault() throws {
    #expect(try Pipeline.read(nil) == Pipeline())
    #expect(try read("{}") == Pipeline())
  }

  @Test func whatIsNotWrittenKeepsItsDefaultAtEveryDepth() throws {
    let pipeline = try read(
      """
      {
        // Comments and trailing commas are welcome.
        training: { epochs: 3, optimizer: "sgd", learningRate: 1 },
        "search": { "fidelity": { "steps": 7 } },
        "plan": { "spacing": [2, 2, 2.5] },
      }
      """)
    var expected = Pipeline()
    expected.training.epochs = 3
    expected.training.optimizer = .sgd
    expected.training.learningRate = 1
    expected.search.fidelity.steps = 7
    expected.plan.spacing = [2, 2, 2.5]
    #expect(pipeline == expected)
  }

  @Test func writtenPipelinesReadBack() throws {
    var pipeline = Pipeline()
    pipeline.training.seed = UInt64.max
    pipeline.plan.patchSize = [8, 8, 8]
    let text = String(decoding: try JSONEncoder().encode(pipeline), as: UTF8.self)
    #expect(try read(text) == pipeline)
  }

  @Test func thePipelinesOfTheProjectCanBeRead() throws {
    let folder = packageRoot + "/pipelines"
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".json") }
    #expect(Set(names).isSuperset(of: ["smoke.json", "segment.json", "demo.json"]))
    for name in names { _ = try Pipeline.read("\(folder)/\(name)") }
  }

  @Test func anUnknownKeyIsRefusedWithTheKnownOnes() {
    #expect(
      refusal(of: "{\"trainng\": {}}") == """
        unknown key "trainng" at the top. Did you mean training?
        Known keys at the top: plan, search, threads, training.
        """)
    #expect(
      refusal(of: "{\"search\": {\"fidelity\": {\"colour\": 1}}}") == """
        unknown key "colour" in "search.fidelity".
        Known keys in "search.fidelity": baseChannels, cases, steps, validationCases.
        """)
  }

  @Test func valuesOfTheWrongKindAreRefused() {
    #expect(
      refusal(of: "{training: {epochs: \"many\"}}")
        == "\"training.epochs\" takes a number, not \"many\".")
    #expect(
      refusal(of: "{training: {epochs: 1.5}}")
        == "\"training.epochs\" takes a whole number, not 1.5.")
    #expect(
      refusal(of: "{training: {augmentation: 1}}")
        == "\"training.augmentation\" takes true or false, not 1.")
    #expect(refusal(of: "{training: 3}") == "\"training\" takes an object, not 3.")
    #expect(refusal(of: "[]") == "the file takes an object, not a list.")
    #expect(
      refusal(of: "{training: {optimizer: \"adam\"}}")
        == "\"training.optimizer\" takes a known word, not \"adam\".")
    #expect(
      refusal(of: "{plan: {patchSize: [16, \"x\", 16]}}")
        == "\"plan.patchSize\" takes values of another kind, not these.")
  }

  @Test func theVocabularyOfTheCellsIsAListOfKnownNames() throws {
    let pipeline = try read(
      "{search: {operations: [\"maxPool3\", \"skip\"], combinations: [\"gated\"]}}")
    #expect(pipeline.search.operations == [.maxPool3, .skip])
    #expect(pipeline.search.combinations == [.gated])
    #expect(Pipeline().search.operations == [.skip, .convolution1, .convolution3])
    #expect(
      refusal(of: "{search: {combinations: [\"median\"]}}")
        == "\"search.combinations\" takes only names out of concatenate, sum, gated, "
        + "mean, meanVariance, attention, bilinear, not \"median\".")
    #expect(
      refusal(of: "{search: {operations: []}}")
        == "\"search.operations\" takes a list with a name or more, none of them twice, not [].")
    #expect(
      refusal(of: "{search: {operations: [\"skip\", \"skip\"]}}")
        == "\"search.operations\" takes a list with a name or more, none of them twice, not "
        + "[skip, skip].")
  }

  @Test func numbersThatCannotBeComputedWithAreRefused() {
    #expect(
      refusal(of: "{training: {epochs: 0}}")
        == "\"training.epochs\" takes a number from 1 to 100000000, not 0.")
    #expect(
      refusal(of: "{threads: -1}") == "\"threads\" takes a number from 0 to 1024, not -1.")
  }

  @Test func whatCellsMayBeIsAListOfKnownNames() throws {
    let pipeline = try read("{search: {representations: [\"coordinated\"], weights: [1, 0.5]}}")
    #expect(pipeline.search.representations == [.coordinated])
    #expect(pipeline.search.weights == [1, 0.5])
    #expect(
      refusal(of: "{search: {representations: []}}")
        == "\"search.representations\" takes a list with a name or more, none of them twice, not []."
    )
    #expect(
      refusal(of: "{search: {constraints: [\"hinge\"]}}")
        == "\"search.constraints\" takes only names out of canonicalCorrelation, cosine, "
        + "contrastive, redundancyReduction, not \"hinge\".")
    #expect(
      refusal(of: "{search: {weights: [1, 0]}}")
        == "\"search.weights\" takes a list of different numbers above 0 and at most 1000, "
        + "not [1.0, 0.0].")
  }

  @Test func modalitiesAreNeverAlwaysDropped() {
    #expect(
      refusal(of: "{training: {modalityDropout: {probability: 1}}}")
        == "\"training.modalityDropout.probability\" takes a number from 0 to 0.9, not 1.0.")
    #expect(
      refusal(of: "{training: {modalityDropout: {ramp: -1}}}")
        == "\"training.modalityDropout.ramp\" takes a number from 0 to 1, not -1.0.")
    #expect(
      refusal(of: "{search: {subsets: \"best\"}}")
        == "\"search.subsets\" takes a known word, not \"best\".")
  }

  @Test(arguments: [
    ("plan", "baseChannels", "4097", "a number from 1 to 4096"),
    ("plan", "maximumChannels", "4097", "a number from 1 to 4096"),
    ("plan", "blocksPerLevel", "17", "a number from 1 to 16"),
    ("plan", "batchSize", "257", "a number from 1 to 256"),
    ("plan", "levels", "6", "a number from 0 to 5"),
    ("plan", "patchVoxels", "511", "a number from 512 to 134217728"),
    ("plan", "patchVoxels", "134217729", "a number from 512 to 134217728"),
    (
      "plan", "patchSize", "[16, 16]",
      "[] or three numbers from 1 to 1024 with a product of at most 134217728"
    ),
    (
      "plan", "patchSize", "[1024, 1024, 129]",
      "[] or three numbers from 1 to 1024 with a product of at most 134217728"
    ),
    ("plan", "spacing", "[1.0, 1.0, 0.001]", "[] or three numbers from 0.01 to 1000"),
    ("training", "learningRate", "0.0", "a number above 0 and at most 100"),
    ("training", "learningRate", "100.5", "a number above 0 and at most 100"),
    ("training", "momentum", "1.0", "a number of at least 0 and below 1"),
    ("training", "weightDecay", "1.5", "a number from 0 to 1"),
    ("training", "gradientClip", "-0.5", "a number of at least 0"),
    ("training", "foregroundFraction", "1.5", "a number from 0 to 1"),
    ("search", "nodes", "5", "a number from 1 to 4"),
    ("search", "seeds", "101", "a number from 1 to 100"),
    ("search", "trials", "1000001", "a number from 1 to 1000000"),
  ])
  func everySettingHasItsLimits(section: String, key: String, found: String, expected: String) {
    #expect(
      refusal(of: "{\(section): {\(key): \(found)}}")
        == "\"\(section).\(key)\" takes \(expected), not \(found).")
  }

  @Test func aTrainingHasAnEnd() {
    #expect(refusal(of: "{training: {epochs: 10000, stepsPerEpoch: 10000}}") == nil)
    #expect(
      refusal(of: "{training: {epochs: 10001, stepsPerEpoch: 10000}}")
        == "\"training.epochs\" takes a number that makes at most 100000000 steps with "
        + "\"stepsPerEpoch\", not 10001 × 10000.")
    #expect(
      refusal(of: "{training: {epochs: 9223372036854775807}}")
        == "\"training.epochs\" takes a number from 1 to 100000000, not 9223372036854775807.")
  }

  @Test func aFolderIsNoPipeline() throws {
    try withFolder { folder in
      let error = #expect(throws: PipelineError.self) { try Pipeline.read(folder) }
      #expect(
        error?.description
          == "\(folder): this is not a JSON file (comments are allowed): Is a directory")
    }
  }

  @Test func whatIsNotJSONIsRefusedWithThePlace() {
    let message = refusal(of: "{training: {epochs: 3}")
    #expect(message?.hasPrefix("this is not a JSON file (comments are allowed): ") == true)
  }

  @Test func aMissingFileIsNamed() {
    let error = #expect(throws: PipelineError.self) { try Pipeline.read("/nowhere/p.json") }
    #expect(error?.description == "/nowhere/p.json: there is no such pipeline file.")
  }
}
