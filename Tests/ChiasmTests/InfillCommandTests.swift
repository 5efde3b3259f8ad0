import Foundation
import Testing
import Training

@testable import chiasm

struct InfillCommandTests {
  /// Made-up vectors of two modalities; of the last case there is CT alone.
  private func table(_ dataset: String, cases: Int, lacking: Bool) -> EmbeddingTable {
    var table = EmbeddingTable(
      origin: EmbeddingOrigin(
        dataset: dataset, network: "fused", weights: "w",
        source: FeatureSource(level: 1, kind: .encoder), regions: .whole, trainingCases: nil),
      width: 2)
    for index in 0..<cases {
      let value = Float(index % 5) - 2
      for (place, modality) in ["ct", "mri"].enumerated()
      where !lacking || index + 1 < cases || place == 0 {
        table.add(
          .init(
            caseName: "case-\(index)", modality: modality, region: "whole", label: nil, volume: 1),
          [value, -value])
      }
    }
    return table
  }

  @Test func whatIsMissingIsFilledInAndMarked() throws {
    try withFolder { folder in
      let (complete, patients) = (folder + "/complete", folder + "/patients")
      try EmbeddingFolder(complete).write(table("a", cases: 40, lacking: false))
      try EmbeddingFolder(patients).write(table("b", cases: 5, lacking: true))
      func run(_ words: String...) -> (status: ExitCode, output: String, errors: String) {
        Recorder.run(["infill", "--embeddings", patients] + words)
      }
      let first = run(
        "--train", complete, "--save", folder + "/machine", "--output", folder + "/one",
        "--hidden", "6", "--joint-units", "5", "--epochs", "3")
      #expect(first.status == .done, "\(first.errors)")
      #expect(
        first.output
          == "Training on 40 regions.\n\(folder)/one: 1 of 10 vectors are filled in.\n")
      let filled = try EmbeddingFolder(folder + "/one").read()
      #expect(filled.rows.last?.isInfilled == true && filled.rows.last?.modality == "mri")
      let again = run("--machine", folder + "/machine", "--output", folder + "/two")
      #expect(again.output == "\(folder)/two: 1 of 10 vectors are filled in.\n")
      let nothing = Recorder.run([
        "infill", "--embeddings", complete, "--machine", folder + "/machine", "--output",
        folder + "/three",
      ])
      #expect(
        nothing.errors == "warning: \(complete): no case lacks a modality of the machine's.\n")
      #expect(run("--machine", folder, "--output", folder + "/four").status == .badData)
      #expect(
        !FileManager.default.fileExists(atPath: folder + "/four/embeddings.json"))
    }
  }

  @Test func optionsThatDoNotGoTogetherAreRefused() {
    func refusal(_ words: String...) -> String {
      let (status, _, errors) = Recorder.run(
        ["infill", "--embeddings", "e", "--output", "o"] + words)
      #expect(status == .wrongUsage)
      return errors
    }
    #expect(refusal().contains("Either --train or --machine is needed, and not both."))
    #expect(
      refusal("--train", "t", "--machine", "m")
        .contains("Either --train or --machine is needed, and not both."))
    #expect(
      refusal("--machine", "m", "--epochs", "3")
        .contains("--save and what describes a new machine belong to --train."))
  }
}
