import Foundation
import Imaging
import Testing
import Training

@testable import chiasm

/// `chiasm embed`, `retrieve` and `probe` on a phantom and a network small enough for a test.
struct EmbedCommandTests {
  @Test func fromATrainedRunToFiguresOfItsFeatures() throws {
    try withFolder { folder in
      let run = try CoordinatedRun(in: folder)
      let (data, model) = (run.data, run.model)
      let output = folder + "/embeddings"
      let embed = Recorder.run([
        "embed", "--model", model, "--input", data, "--output", output, "--regions", "reference",
        "--patches", "2",
      ])
      #expect(embed.status == .done, "\(embed.errors)")
      let table = try EmbeddingFolder(output).read()
      #expect(
        embed.output
          == "\(output): \(table.rows.count) vectors of \(table.width) numbers from 4 cases, "
          + "projections of level \(table.origin.source.level).\n")
      let second = table.rows.filter { $0.caseName == "case_001" }
      #expect(Set(second.map(\.modality)) == ["ct", "ultrasound", "fused"])
      #expect(table.modalities == ["ct", "mri", "ultrasound"])
      #expect(table.regions.contains("lesion") && table.regions.contains("patch-0"))
      try retrievalSaysWhatItFound(output)
      try probesSayHowGoodTheyAre(output)
      try faultsAreNamed(data, model, folder)
    }
  }

  private func retrievalSaysWhatItFound(_ embeddings: String) throws {
    let words = ["retrieve", "--embeddings", embeddings, "--query", "mri", "--target", "ct"]
    let (status, output, errors) = Recorder.run(words)
    #expect(status == .done)
    #expect(output.hasPrefix("mri → ct: 3 queries among 4 targets\n\n"))
    #expect(output.contains("recall@1") && output.contains("0.250"))
    #expect(
      errors
        == "warning: the network was trained on 3 of these 3 cases; others say more about it.\n")
    let list = Recorder.run(words + ["--case", "case_002"]).output
    #expect(list.contains("case_002 (itself)"))
    #expect(list.split(separator: "\n").count == 6)
    let none = Recorder.run(words + ["--case", "case_001"])
    #expect(none.status == .wrongUsage)
    #expect(none.errors.contains("the case 'case_001' has no mri."))
    #expect(Recorder.run(words + ["--json"]).output.contains("\"recallAt1\""))
    #expect(Recorder.run(words + ["--region", "liver"]).status == .badData)
  }

  private func probesSayHowGoodTheyAre(_ embeddings: String) throws {
    let words = ["probe", "--embeddings", embeddings, "--folds", "3"]
    let (status, output, errors) = Recorder.run(words)
    #expect(status == .done)
    #expect(
      errors
        == "warning: the network was trained on 4 of these 4 cases; others say more about it.\n")
    for line in ["always the most frequent", "ct alone", "fused by the network", "volume of cyst"] {
      #expect(output.contains(line))
    }
    #expect(Recorder.run(words + ["--withhold", "pet"]).status == .wrongUsage)
    #expect(
      Recorder.run(words + ["--task", "label", "--json"]).output.contains("\"balancedAccuracy\""))
  }

  private func faultsAreNamed(_ data: String, _ model: String, _ folder: String) throws {
    let scan = URL(fileURLWithPath: data + "/case_002/ct.nii.gz")
    try Data(contentsOf: scan).prefix(100).write(to: scan)
    let output = folder + "/more"
    let words = ["embed", "--model", model, "--input", data, "--output", output]
    let partial = Recorder.run(words)
    #expect(partial.status == .someCasesFailed)
    #expect(partial.errors.contains("warning: case_002: "))
    #expect(try EmbeddingFolder(output).read().caseNames == ["case_000", "case_001", "case_003"])
    let whole = Recorder.run(["probe", "--embeddings", output])
    #expect(whole.status == .wrongUsage)
    #expect(
      whole.errors.contains("there are whole cases alone. Embed with --regions reference."))
    let level = Recorder.run(words + ["--level", "9"])
    #expect(level.status == .wrongUsage)
    #expect(level.errors.contains("There are no such features: the network has the levels 0 to "))
    #expect(Recorder.run(words + ["--cases", "case_002"]).status == .failed)
    #expect(
      Recorder.run(["embed", "--model", folder, "--input", data, "--output", output]).status
        == .badData)
  }

  @Test func optionsThatDoNotGoTogetherAreRefused() throws {
    func refusal(_ words: String...) -> String {
      let (status, _, errors) = Recorder.run(words)
      #expect(status == .wrongUsage)
      return errors
    }
    #expect(
      refusal("embed", "--model", "m", "--input", "d", "--output", "o", "--patch-size", "5")
        .contains("--patch-size and --seed belong to --patches."))
    #expect(
      refusal("embed", "--model", "m", "--input", "d", "--output", "o", "--mirror")
        .contains("'embed' has no option --mirror."))
    #expect(
      refusal("retrieve", "--embeddings", "e", "--query", "ct", "--target", "ct")
        .contains("--query and --target name the same modality, 'ct'."))
    let missing = Recorder.run(["probe", "--embeddings", "/nowhere"])
    #expect(missing.status == .badData)
    #expect(
      missing.errors.contains(
        "/nowhere/embeddings.json: these are no embeddings that can be used: No such file"))
  }
}
