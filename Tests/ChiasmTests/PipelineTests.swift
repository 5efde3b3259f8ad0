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
    #expect(refusal(of: "{training: 3}") == "\"training\" takes a section, not 3.")
    #expect(refusal(of: "[]") == "the file takes a section, not a list.")
    #expect(
      refusal(of: "{training: {optimizer: \"adam\"}}")
        == "\"training.optimizer\" takes a known word, not \"adam\".")
    #expect(
      refusal(of: "{plan: {patchSize: [16, \"x\", 16]}}")
        == "\"plan.patchSize\" takes values of another kind, not these.")
  }

  @Test func numbersThatCannotBeComputedWithAreRefused() {
    #expect(
      refusal(of: "{training: {epochs: 0}}")
        == "\"training.epochs\" takes a number of at least 1, not 0.")
    #expect(
      refusal(of: "{threads: -1}") == "\"threads\" takes a number of at least 0, not -1.")
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
