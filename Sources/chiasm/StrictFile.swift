import Architecture
import Foundation
import Imaging

/// Reads a settings file whose keys may be left out but not invented.
///
/// The file is JSON5: comments, trailing commas and unquoted keys are welcome. What it does not say
/// keeps its default, at every depth.
struct StrictFile {
  let path: String

  /// The file's settings over `defaults`.
  func read<Settings: Codable>(over defaults: Settings) throws(PipelineError) -> Settings {
    let written = try parse()
    do {
      let base = try JSONDecoder().decode(JSONValue.self, from: JSONEncoder().encode(defaults))
      let merged = try merge(written, over: base, at: [])
      do {
        return try Self.decode(Settings.self, from: merged)
      } catch {
        throw culprit(in: written, over: base, for: Settings.self)
          ?? PipelineError.unreadable(path: path, reason: ImagingError.reason(of: error))
      }
    } catch let error as PipelineError {
      throw error
    } catch {
      throw .unreadable(path: path, reason: ImagingError.reason(of: error))
    }
  }

  private static func decode<Settings: Decodable>(
    _ type: Settings.Type, from value: JSONValue
  ) throws -> Settings {
    try JSONDecoder().decode(type, from: JSONEncoder().encode(value))
  }

  private func parse() throws(PipelineError) -> JSONValue {
    guard FileManager.default.fileExists(atPath: path) else { throw .missing(path: path) }
    let decoder = JSONDecoder()
    decoder.allowsJSON5 = true
    do {
      return try decoder.decode(
        JSONValue.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
      throw .unreadable(path: path, reason: ImagingError.reason(of: error))
    }
  }

  /// Replaces defaults by what is written, and refuses keys and kinds of values that have no
  /// counterpart there.
  private func merge(
    _ written: JSONValue, over base: JSONValue, at keys: [String]
  ) throws(PipelineError) -> JSONValue {
    guard case .object(var fields) = base else {
      guard written.kind == base.kind else {
        throw .wrongKind(
          path: path, key: keys.joined(separator: "."), expected: base.kind,
          found: written.summary)
      }
      return written
    }
    guard case .object(let changes) = written else {
      throw .wrongKind(
        path: path, key: keys.joined(separator: "."), expected: base.kind, found: written.summary)
    }
    for (key, value) in changes.sorted(by: { $0.key < $1.key }) {
      guard let field = fields[key] else {
        throw .unknownKey(
          path: path, key: key, section: keys.joined(separator: "."), known: fields.keys.sorted())
      }
      fields[key] = try merge(value, over: field, at: keys + [key])
    }
    return .object(fields)
  }

  /// The first value of the right kind that its type refuses all the same, such as 1.5 epochs.
  ///
  /// A decoder does not always say where it stopped, so each value is tried alone.
  private func culprit<Settings: Decodable>(
    in written: JSONValue, over base: JSONValue, for type: Settings.Type
  ) -> PipelineError? {
    for (keys, value) in written.leaves {
      do {
        let alone = try merge(value.nested(under: keys), over: base, at: [])
        _ = try Self.decode(type, from: alone)
      } catch ArchitectureError.unknownName(_, let name, let known) {
        return .wrongKind(
          path: path, key: keys.joined(separator: "."),
          expected: "only names out of \(known.joined(separator: ", "))", found: "\"\(name)\"")
      } catch {
        let expected =
          switch value {
          case .integer, .unsigned, .number: "a whole number"
          case .string: "a known word"
          default: "values of another kind"
          }
        let found = if case .array = value { "these" } else { value.summary }
        return .wrongKind(
          path: path, key: keys.joined(separator: "."), expected: expected, found: found)
      }
    }
    return nil
  }
}

extension JSONValue {
  /// Everything that is not an object, with the keys that lead there, in the keys' order.
  fileprivate var leaves: [(keys: [String], value: JSONValue)] {
    guard case .object(let fields) = self else { return [([], self)] }
    return fields.sorted { $0.key < $1.key }.flatMap { key, value in
      value.leaves.map { ([key] + $0.keys, $0.value) }
    }
  }

  /// The value inside one object per key.
  fileprivate func nested(under keys: [String]) -> JSONValue {
    keys.reversed().reduce(self) { .object([$1: $0]) }
  }
}
