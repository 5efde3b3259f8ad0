import Foundation
import Testing
import Training

@testable import chiasm

struct RetrieveCommandTests {
  private func withEmbeddings(_ body: (_ folder: String, _ words: [String]) throws -> Void) throws {
    try withFolder { folder in
      try EmbeddingFolder(folder).write(MadeUpEmbeddings.fourDirections())
      let words = ["retrieve", "--embeddings", folder, "--query", "mri", "--target", "ct"]
      try body(folder, words + ["--similarity", "cosine"])
    }
  }

  private func rows(_ output: String) -> [[String]] {
    output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
  }

  /// Every MRI is most like its own CT, at a cosine of 1.
  @Test func figuresStandBesideTheirIntervalsAndChance() throws {
    try withEmbeddings { _, words in
      let (status, output, errors) = Recorder.run(words)
      #expect(status == .done && errors == "")
      #expect(output.hasPrefix("mri → ct: 3 queries among 4 targets\n\n"))
      let rows = rows(output)
      #expect(rows.contains(["recall@1", "1.000", "1.000", "to", "1.000", "0.250"]))
      #expect(rows.contains(["recall@5", "1.000", "1.000", "to", "1.000", "1.000"]))
      #expect(rows.contains(["median", "rank", "1.0", "1.0", "to", "1.0", "2.5"]))
    }
  }

  @Test func whatACaseFindsIsListed() throws {
    try withEmbeddings { _, words in
      let rows = rows(Recorder.run(words + ["--case", "n"]).output)
      #expect(rows.first == ["mri", "of", "n", "finds", "similarity", "place"])
      #expect(
        rows.suffix(4) == [
          ["n", "(itself)", "1.000", "1"], ["e", "0.000", "2"], ["w", "0.000", "3"],
          ["s", "-1.000", "4"],
        ])
      let (status, _, errors) = Recorder.run(words + ["--case", "w"])
      #expect(status == .wrongUsage)
      #expect(
        errors
          == "error: --case: the case 'w' has no mri.\n")
    }
  }

  @Test func aScanWithoutPartnerIsNamed() throws {
    try withEmbeddings { folder, _ in
      let (status, output, errors) = Recorder.run([
        "retrieve", "--embeddings", folder, "--query", "ct", "--target", "mri",
      ])
      #expect(status == .done && output.hasPrefix("ct → mri: 3 queries among 3 targets\n"))
      #expect(errors == "warning: w: there is no mri to find.\n")
    }
  }

  @Test func whatIsNotThereIsRefused() throws {
    try withEmbeddings { folder, words in
      let pet = Recorder.run([
        "retrieve", "--embeddings", folder, "--query", "pet", "--target", "ct",
      ])
      #expect(pet.status == .badData)
      #expect(pet.errors == "error: The embeddings have no modality 'pet'; they have ct, mri.\n")
      let same = Recorder.run(words + ["--align", folder])
      #expect(same.status == .badData)
      #expect(
        same.errors
          == "error: The embeddings to align by hold 4 of the cases that are to be found, such as e: "
          + "their pairs would be known beforehand. Embed other cases, by --fold or --cases.\n")
      let nowhere = Recorder.run(words + ["--align", folder + "/none"])
      #expect(
        nowhere.errors
          == "error: \(folder)/none/embeddings.json: these are no embeddings that can be used: No such "
          + "file or directory. Make them anew with `chiasm embed`.\n")
    }
  }
}
