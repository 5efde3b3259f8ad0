import Foundation

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
      return try JSONDecoder().decode(Settings.self, from: JSONEncoder().encode(merged))
    } catch let error as PipelineError {
      throw error
    } catch let error as DecodingError {
      throw explain(error, in: written)
    } catch {
      throw .unreadable(path: path, reason: "\(error)")
    }
  }

  private func parse() throws(PipelineError) -> JSONValue {
    guard FileManager.default.fileExists(atPath: path) else { throw .missing(path: path) }
    let decoder = JSONDecoder()
    decoder.allowsJSON5 = true
    do {
      return try decoder.decode(
        JSONValue.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
    } catch DecodingError.dataCorrupted(let context) {
      let cause = context.underlyingError.map { "\($0)" } ?? context.debugDescription
      throw .unreadable(path: path, reason: cause)
    } catch {
      throw .unreadable(path: path, reason: "\(error)")
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

  /// Says which key holds a value of the right kind that its type refuses, such as 1.5 epochs.
  private func explain(_ error: DecodingError, in written: JSONValue) -> PipelineError {
    let context: DecodingError.Context
    var expected = "another value"
    switch error {
    case .typeMismatch(let type, let found), .valueNotFound(let type, let found):
      context = found
      if type == Int.self || type == UInt64.self { expected = "a whole number" }
    case .keyNotFound(_, let found): context = found
    case .dataCorrupted(let found): context = found
      expected = "a whole number"
    @unknown default: return .unreadable(path: path, reason: "\(error)")
    }
    let keys = context.codingPath.map { $0.intValue.map { String($0 + 1) } ?? $0.stringValue }
    var value = written
    for key in context.codingPath {
      if case .object(let fields) = value, let field = fields[key.stringValue] {
        value = field
      } else if case .list(let items) = value, let index = key.intValue, index < items.count {
        value = items[index]
      }
    }
    return .wrongKind(
      path: path, key: keys.joined(separator: "."), expected: expected, found: value.summary)
  }
}
