import Foundation
import Testing

@testable import chiasm

/// A chain and a branched network from a file to masks.
struct SpaceSmokeTests {
  private static let chain = """
    {"kind": "chain", "modalities": ["ct", "mri"], "chain": {
      "encoder": [{"blocks": 1, "kernel": 3, "channels": 4}, {"blocks": 1, "kernel": 1, "channels": 8}],
      "decoder": [{"blocks": 1, "kernel": 3, "channels": 4}],
      "normalization": "batch", "activation": "gelu"}}
    """

  private static let branched = """
    {"kind": "branched", "modalities": ["ct", "mri"], "branched": {"layers": [
      {"sources": [0], "kernel": 3, "channels": 4},
      {"sources": [0, 1], "merge": "sum", "kernel": 1, "channels": 4}]}}
    """

  @Test(arguments: [("chain", chain), ("branched", branched)])
  func isTrainedResumedAndPredictedWith(title: String, genotype: String) throws {
    try withFolder { folder in
      let data = folder + "/phantom"
      func run(_ words: String...) -> (status: ExitCode, output: String, errors: String) {
        Recorder.run(words + ["--quiet", "--threads", "1"])
      }
      #expect(
        Recorder.run(["phantom", "--output", data, "--cases", "3", "--size", "20", "--quiet"])
          .status
          == .done)
      try genotype.write(toFile: folder + "/g.json", atomically: true, encoding: .utf8)
      try """
      {"plan": {"patchSize": [16, 16, 16], "levels": 3},
       "training": {"epochs": 2, "stepsPerEpoch": 3}}
      """.write(toFile: folder + "/p.json", atomically: true, encoding: .utf8)
      // What one modality lacks is zero to the other channels, as in early fusion.
      try FileManager.default.removeItem(atPath: data + "/case_001/mri.nii.gz")
      func train(_ name: String, _ more: String...) -> (ExitCode, String) {
        let result = Recorder.run(
          [
            "train", "--dataset", data, "--output", folder + "/" + name, "--quiet", "--threads",
            "1",
          ] + more)
        return (result.status, result.errors)
      }
      let whole = train(
        "run", "--pipeline", folder + "/p.json", "--genotype", folder + "/g.json")
      #expect(whole.0 == .done, "\(whole.1)")
      try FileManager.default.copyItem(atPath: folder + "/run", toPath: folder + "/again")
      try FileManager.default.removeItem(atPath: folder + "/again/weights.safetensors")
      #expect(train("again", "--resume").0 == .done)
      let weights = try ["run", "again"].map {
        try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\($0)/weights.safetensors"))
      }
      #expect(weights[0] == weights[1])
      let predict = run(
        "predict", "--model", folder + "/run", "--input", data, "--output", folder + "/masks")
      #expect(predict.status == .done, "\(predict.errors)")
      #expect(FileManager.default.fileExists(atPath: folder + "/masks/case_001.nii.gz"))
      let embed = run(
        "embed", "--model", folder + "/run", "--input", data, "--output", folder + "/vectors")
      #expect(
        embed.errors.contains(
          "There are no such features: the network '\(title)' has none of the levels that they are read "
            + "from; train a fused, early or single one."))
    }
  }

  @Test func deepSupervisionIsRefused() throws {
    try withFolder { folder in
      let data = folder + "/phantom"
      _ = Recorder.run(["phantom", "--output", data, "--cases", "3", "--size", "20", "--quiet"])
      try Self.chain.write(toFile: folder + "/g.json", atomically: true, encoding: .utf8)
      try #"{"training": {"deepSupervision": true}}"#.write(
        toFile: folder + "/p.json", atomically: true, encoding: .utf8)
      let train = Recorder.run([
        "train", "--dataset", data, "--output", folder + "/run", "--pipeline", folder + "/p.json",
        "--genotype", folder + "/g.json", "--quiet",
      ])
      #expect(
        train.errors.contains(
          """
          The network 'chain' has a single output, so there is nothing to supervise deeply.
          Leave "deepSupervision" out of the pipeline's "training" section.
          """))
    }
  }
}
