import Foundation

/// A `dataset.json` that has been parsed but not yet understood.
///
/// Comments, trailing commas and the rest of JSON5 are allowed.
struct DescriptionFile {
  /// The file, for messages.
  let path: String

  /// The text, where the order of the keys still is.
  let text: String

  /// The outermost object.
  let top: [String: JSONValue]

  /// Reads the file at `path`.
  init(path: String) throws(ImagingError) {
    let parsed: JSONValue
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path))
      let decoder = JSONDecoder()
      decoder.allowsJSON5 = true
      parsed = try decoder.decode(JSONValue.self, from: data)
    } catch {
      throw .notJSON(file: path, reason: ImagingError.reason(of: error))
    }
    guard case .object(let top) = parsed else {
      throw .badValue(
        file: path, key: "the file", expected: "one object { … }", found: parsed.summary)
    }
    self.path = path
    self.text = String(decoding: data, as: UTF8.self)
    self.top = top
  }

  /// The folder the file is in.
  var folder: String {
    URL(fileURLWithPath: path).deletingLastPathComponent().path
  }
}

extension DescriptionFile {
  /// Refuses keys of `object` that are not `known`.
  func refuseUnknownKeys(
    of object: [String: JSONValue], place: String, known: [String]
  ) throws(ImagingError) {
    if let key = object.keys.sorted().first(where: { !known.contains($0) }) {
      throw .unknownKey(file: path, key: key, place: place, known: known)
    }
  }

  /// The text at `key`, or `nil` when the key is absent.
  func string(_ key: String, of object: [String: JSONValue], place: String)
    throws(ImagingError) -> String?
  {
    guard let value = object[key] else { return nil }
    guard case .string(let text) = value else {
      throw bad("\(key)\(place.isEmpty ? "" : " \(place)")", expected: "a text", found: value)
    }
    return text
  }

  /// Whether `key` is true, or `nil` when it is absent.
  func flag(_ key: String) throws(ImagingError) -> Bool? {
    guard let value = top[key] else { return nil }
    guard case .boolean(let flag) = value else {
      throw bad(key, expected: "true or false", found: value)
    }
    return flag
  }

  /// The object at `key`.
  func object(_ key: String) throws(ImagingError) -> [String: JSONValue] {
    guard let value = top[key] else {
      throw .missingKey(file: path, key: key, place: "at the top")
    }
    guard case .object(let object) = value else {
      throw bad(key, expected: "an object { … }", found: value)
    }
    return object
  }

  /// The list of texts that `value` is.
  func strings(_ value: JSONValue, key: String) throws(ImagingError) -> [String] {
    guard case .array(let entries) = value else {
      throw bad(key, expected: "a list of case names", found: value)
    }
    var names: [String] = []
    for entry in entries {
      guard case .string(let name) = entry else {
        throw bad(key, expected: "a list of case names", found: entry)
      }
      names.append(name)
    }
    return names
  }

  /// An error that says what stands at `key` and what must stand there.
  func bad(_ key: String, expected: String, found: JSONValue) -> ImagingError {
    .badValue(file: path, key: key, expected: expected, found: found.summary)
  }

  /// `keys` in the order in which they are first used as keys after `section` in the text.
  ///
  /// JSON objects have no order once parsed, but the order in which a person lists the modalities
  /// is the order in which they want to see them. Keys that cannot be located (because they are
  /// written with escapes, say) come last, alphabetically.
  func inFileOrder(_ keys: [String], after section: String) -> [String] {
    let start = position(ofKey: section, from: text.startIndex) ?? text.startIndex
    let placed = keys.map { (key: $0, place: position(ofKey: $0, from: start) ?? text.endIndex) }
    return placed.sorted { ($0.place, $0.key) < ($1.place, $1.key) }.map(\.key)
  }

  /// Where `key`, perhaps in quotes, is followed by a colon.
  private func position(ofKey key: String, from start: String.Index) -> String.Index? {
    let escaped = NSRegularExpression.escapedPattern(for: key)
    let pattern = "(?<![\\w-])[\"']?\(escaped)[\"']?\\s*:"
    return text.range(of: pattern, options: .regularExpression, range: start..<text.endIndex)?
      .lowerBound
  }
}
