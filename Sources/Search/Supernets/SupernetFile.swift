import Foundation
import Networks
import Training

/// The trained weights of a search's supernet, in its run folder.
struct SupernetFile {
  /// What the training took.
  struct Record: Codable, Hashable {
    let steps: Int
    let seconds: Double
  }

  private let folder: RunFolder

  init(in folder: RunFolder) {
    self.folder = folder
  }

  /// Whether a training was finished here.
  var exists: Bool { FileManager.default.fileExists(atPath: folder.file("supernet.json")) }

  /// Writes the weights, then the record that says that they are whole.
  func save(_ supernet: Supernet, _ record: Record) throws {
    try WeightStore.save(supernet, to: folder.file("supernet.safetensors"))
    try folder.write(record, to: "supernet.json")
  }

  /// Fills a supernet with the weights.
  func load(into supernet: Supernet) throws -> Record {
    try WeightStore.load(supernet, from: folder.file("supernet.safetensors"))
    return try folder.read(Record.self, from: "supernet.json")
  }
}
