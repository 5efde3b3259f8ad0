import Foundation
import Testing
import Training

@testable import chiasm

struct ProbeCommandTests {
  private func withEmbeddings(
    _ table: EmbeddingTable = MadeUpEmbeddings.structures(),
    _ body: (_ words: [String]) throws -> Void
  ) throws {
    try withFolder { folder in
      try EmbeddingFolder(folder).write(table)
      try body(["probe", "--embeddings", folder])
    }
  }

  private func rows(_ output: String) -> [[String]] {
    output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
  }

  /// The first number tells the labels apart without an error; guessing is right for one of two.
  @Test func labelsAreTold() throws {
    try withEmbeddings { words in
      let (status, output, errors) = Recorder.run(words + ["--task", "label"])
      #expect(status == .done && errors == "")
      #expect(output.hasPrefix("12 regions of 6 cases\n\n"))
      let rows = rows(output)
      #expect(
        rows.contains([
          "always", "the", "most", "frequent", "0.500", "0.500", "to", "0.500", "0.500",
        ]))
      for view in [["ct", "alone"], ["mri", "alone"], ["concatenated"], ["mean"]] {
        #expect(rows.contains(view + ["1.000", "1.000", "to", "1.000", "1.000"]), "\(view)")
      }
      #expect(!output.contains("volume of"))
    }
  }

  /// The second number is the volume in millilitres less one; a light penalty leaves little of an error.
  @Test func volumesAreTold() throws {
    try withEmbeddings { words in
      let (status, output, errors) = Recorder.run(
        words + ["--task", "volume", "--penalty", "1e-6", "--json"])
      #expect(status == .done && errors == "")
      struct Line: Decodable {
        struct Report: Decodable { let samples: Int, meanAbsoluteError: Double, rSquared: Double? }
        let view: String
        let report: Report
      }
      struct Found: Decodable { let volume: [String: [Line]] }
      let volume = try JSONDecoder().decode(Found.self, from: Data(output.utf8)).volume
      #expect(volume.keys.sorted() == ["core", "shell"])
      let lines = try #require(volume["core"])
      #expect(
        lines.map(\.view) == ["always the mean", "ct alone", "mri alone", "concatenated", "mean"])
      #expect(lines.allSatisfy { $0.report.samples == 6 })
      #expect(lines[0].report.meanAbsoluteError > 1.4)
      for line in lines.dropFirst() {
        #expect(line.report.meanAbsoluteError < 1e-3 && line.report.rSquared ?? 0 > 0.999)
      }
    }
  }

  private func refusal(_ words: [String]) -> String {
    let (status, _, errors) = Recorder.run(words)
    #expect(status == .wrongUsage)
    return errors.replacing(" See 'chiasm probe --help'.", with: "")
      .replacing("\n", with: "")
  }

  @Test func whatDoesNotGoTogetherIsRefused() throws {
    try withEmbeddings { words in
      #expect(
        refusal(words + ["--task", "volume", "--joint", "dbm"])
          == "error: --joint dbm goes with labels, and --task volume asks for volumes alone.")
      #expect(
        refusal(words + ["--hidden", "3"])
          == "error: What describes a machine belongs to --joint dbm.")
      #expect(
        refusal(words + ["--withhold", "pet"])
          == "error: --withhold takes one of several modalities, and \(words[2]) has ct, mri.")
    }
    try withEmbeddings(MadeUpEmbeddings.fourDirections()) { words in
      #expect(
        refusal(words)
          == "error: --embeddings \(words[2]): there are whole cases alone. Embed with --regions "
          + "reference.")
    }
  }
}
