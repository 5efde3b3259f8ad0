public import Architecture
public import Foundation
public import Imaging

/// The folder that a training or a search leaves: everything that is needed to repeat and use it.
public struct RunFolder: Sendable {
  public let path: String

  /// Creates the folder if needed.
  ///
  /// - Throws: `ImagingError` when it cannot be written.
  public init(creating path: String) throws(ImagingError) {
    self.path = path
    try Folder.create(path)
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

  /// Writes down what a run is before it starts, or checks that a resumed run is still the same one.
  ///
  /// - Parameter identity: The files' names and values.
  /// - Throws: When resuming, ``TrainingError/badRun(path:expected:found:advice:)`` with the first
  ///   line that differs; nothing is written then.
  public func begin(
    _ identity: [(name: String, value: any Encodable)], resume: Bool
  ) throws {
    for (name, value) in identity where resume {
      guard let stored = FileManager.default.contents(atPath: file(name)) else {
        throw TrainingError.badRun(
          path: path, expected: "a run to resume, with \(name)", found: "no such file",
          advice: "Start it without --resume.")
      }
      let lines = (
        stored: Self.lines(of: stored), now: Self.lines(of: try Self.json(value))
      )
      guard lines.stored != lines.now else { continue }
      let index = zip(lines.stored, lines.now).prefix { $0 == $1 }.count
      throw TrainingError.badRun(
        path: file(name), expected: lines.stored.dropFirst(index).first ?? "no more lines",
        found: lines.now.dropFirst(index).first ?? "no more lines",
        advice: "Resume with the dataset, network, settings, fold, seed and threads of the run, "
          + "or choose another folder with --output.")
    }
    guard !resume else { return }
    for (name, value) in identity { try write(value, to: name) }
  }

  /// The trimmed lines of a text.
  private static func lines(of text: Data) -> [String] {
    String(decoding: text, as: UTF8.self).split(separator: "\n").map {
      $0.trimmingCharacters(in: .whitespaces)
    }
  }

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
        path: file(name), expected: "a \(name) that `chiasm` wrote",
        found: error is DecodingError ? ImagingError.reason(of: error) : "\(error)",
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
