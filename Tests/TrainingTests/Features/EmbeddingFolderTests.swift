import Foundation
import Imaging
import TestSupport
import Testing

@testable import Training

struct EmbeddingFolderTests {
  private var table: EmbeddingTable {
    var table = EmbeddingTable(origin: EmbeddingFixtures.origin(), width: 2)
    table.add(EmbeddingFixtures.row("a", "ct"), [1, -0.5])
    table.add(EmbeddingFixtures.row("a", "mri", "co,re", label: "co,re"), [0.25, 3])
    return table
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }

  @Test func whatIsWrittenIsRead() throws {
    try withTemporaryFolder { path in
      let folder = EmbeddingFolder(path + "/new/embeddings")
      try folder.write(table)
      #expect(try folder.read() == table)
      #expect(
        try text(folder.path + "/embeddings.csv") == """
          case,modality,region,label,volume_mm3,infilled,f0,f1
          a,ct,whole,,8.0,0,1.0,-0.5
          a,mri,"co,re","co,re",8.0,0,0.25,3.0

          """)
      let file = try Safetensors(
        Data(contentsOf: URL(fileURLWithPath: folder.path + "/embeddings.safetensors")), path: "")
      #expect(file.arrays["embeddings"]?.shape == [2, 2])
    }
  }

  private var folder: ChangedFolder {
    ChangedFolder(
      write: { try EmbeddingFolder($0).write(table) },
      read: { _ = try EmbeddingFolder($0).read() })
  }

  private func edited(_ old: String, _ new: String) throws -> String {
    try folder.problem(in: "embeddings.json", replacing: old, by: new)
  }

  private func sentence(_ file: String, _ problem: String) -> String {
    "\(file): these are no embeddings that can be used: \(problem). Make them anew with `chiasm embed`."
  }

  @Test func aMissingFileIsNamed() throws {
    #expect(
      try folder.problem { try FileManager.default.removeItem(atPath: $0 + "/embeddings.json") }
        == sentence("embeddings.json", "No such file or directory"))
    #expect(
      try folder.problem {
        try FileManager.default.removeItem(atPath: $0 + "/embeddings.safetensors")
      }
        == sentence("embeddings.safetensors", "there is no such file"))
  }

  @Test func anIndexThatWasEditedIsRefused() throws {
    #expect(
      try edited("chiasm embeddings 1", "chiasm embeddings 9")
        == sentence(
          "embeddings.json", "its format is 'chiasm embeddings 9', expected 'chiasm embeddings 1'"))
    #expect(
      try edited("\"width\" : 2", "\"width\" : 3")
        == sentence(
          "embeddings.safetensors", "it does not hold one array of 2 rows of 3 numbers"))
    #expect(
      try edited("\"volume\" : 8", "\"volume\" : -8")
        == sentence("embeddings.json", "a, whole has the volume -8.0"))
    #expect(
      try edited("\"width\"", "\"wide\"") == sentence("embeddings.json", "no key 'width'"))
    #expect(
      try edited("\"width\" : 2", "\"width\" : \"2\"").hasPrefix(
        "embeddings.json: these are no embeddings that can be used: width: "))
  }

  @Test func numbersThatEndTooSoonAreRefused() throws {
    #expect(
      try folder.problem { path in
        let file = URL(fileURLWithPath: path + "/embeddings.safetensors")
        try Data(contentsOf: file).dropLast(4).write(to: file)
      }
        == sentence(
          "embeddings.safetensors", "'embeddings' claims bytes that the file does not have"))
  }

  @Test func aKeyThatMeansNothingIsRefusedWhereverItStands() throws {
    #expect(
      try edited("\"width\"", "\"unit\": \"mm\", \"width\"")
        == sentence(
          "embeddings.json",
          "'unit' is no key; known are fingerprint, format, origin, rows, width"))
    #expect(
      try edited("\"level\"", "\"depth\": 1, \"level\"")
        == sentence("embeddings.json", "'depth' is no key of origin.source; known are kind, level"))
    #expect(
      try edited("\"modality\" : \"mri\"", "\"modality\" : \"mri\", \"scanner\" : \"B\"")
        == sentence(
          "embeddings.json",
          "'scanner' is no key of rows[1]; known are caseName, label, modality, region, volume"))
  }

  @Test func aRowThatIsThereTwiceIsRefused() throws {
    var double = table
    double.add(EmbeddingFixtures.row("a", "ct"), [1, 1])
    try withTemporaryFolder { path in
      try EmbeddingFolder(path).write(double)
      let error = #expect(throws: EmbeddingError.self) { try EmbeddingFolder(path).read() }
      #expect(
        error
          == .notEmbeddings(
            path: path + "/embeddings.json", problem: "a, ct, whole is there twice"))
    }
  }

  @Test func numbersOfAnotherRunOrNoNumbersAreRefused() throws {
    let edits = "it and embeddings.safetensors were not written together, or were edited"
    #expect(
      try folder.problem { path in
        let other = Safetensors(arrays: ["embeddings": .init(shape: [2, 2], values: [1, 2, 3, 4])])
        try other.encoded().write(to: URL(fileURLWithPath: path + "/embeddings.safetensors"))
      }
        == sentence(
          "embeddings.json", edits))
    #expect(try edited("\"a\"", "\"b\"") == sentence("embeddings.json", edits))
    var broken = EmbeddingTable(origin: EmbeddingFixtures.origin(), width: 1)
    broken.add(EmbeddingFixtures.row("a", "ct"), [.nan])
    try withTemporaryFolder { path in
      try EmbeddingFolder(path).write(broken)
      #expect(
        throws: EmbeddingError.notEmbeddings(
          path: path + "/embeddings.safetensors",
          problem: "row 0 holds a number that is not finite")
      ) { try EmbeddingFolder(path).read() }
    }
  }
}
