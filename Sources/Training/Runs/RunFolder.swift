public import Architecture
public import Foundation
import Imaging

/// The folder that a training or a search leaves: everything that is needed to repeat and use it.
public struct RunFolder: Sendable {
  public let path: String

  /// Creates the folder if needed.
  public init(creating path: String) throws {
    self.path = path
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw TrainingError.badRun(
        path: path, expected: "a folder that can be written",
        found: error.localizedDescription, advice: "Choose another folder with --output.")
    }
  }

  /// Opens the folder of a finished training.
  public init(opening path: String) throws(TrainingError) {
    self.path = path
    for name in ["plan.json", "genotype.json", "weights.safetensors"] {
      guard FileManager.default.fileExists(atPath: file(name)) else {
        throw .badRun(
          path: path, expected: "a run folder with \(name)", found: "no such file",
          advice: "Name the folder that `chiasm train --output` was given, after it has finished.")
      }
    }
  }

  /// The path of one of the folder's files.
  public func file(_ name: String) -> String { path + "/" + name }

  public var checkpoint: Checkpoint { Checkpoint(path: file("checkpoint.safetensors")) }

  /// Writes a value as readable JSON.
  public func write(_ value: some Encodable, to name: String) throws {
    try AtomicFile.write(try Self.json(value), to: file(name))
  }

  /// Reads a value that ``write(_:to:)`` wrote.
  public func read<Value: Decodable>(_ type: Value.Type, from name: String) throws -> Value {
    do {
      return try JSONDecoder().decode(
        type, from: Data(contentsOf: URL(fileURLWithPath: file(name))))
    } catch {
      throw TrainingError.badRun(
        path: file(name), expected: "a \(name) that `chiasm` wrote", found: "\(error)",
        advice: "Train again, or restore the file.")
    }
  }

  /// The plan and the network of a finished training.
  public func design() throws -> (plan: Plan, design: NetworkDesign) {
    (try read(Plan.self, from: "plan.json"), try read(NetworkDesign.self, from: "genotype.json"))
  }

  /// JSON with sorted keys and a line break at the end.
  public static func json(_ value: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(value) + Data("\n".utf8)
  }
}
