/// The header of an NRRD file, field by field.
///
/// Source: "Definition of NRRD File Format", teem.sourceforge.net/nrrd/format.html.
struct NRRDHeader {
  let path: String

  /// The byte of the file after the header and its empty line.
  let length: Int

  /// The lines after `data file: LIST`.
  let list: [String]

  private let fields: [String: String]

  private static let synonyms = [
    "datafile": "data file", "lineskip": "line skip", "byteskip": "byte skip",
    "axismins": "axis mins", "axismaxs": "axis maxs", "centerings": "centers",
    "measurementframe": "measurement frame", "spacedirections": "space directions",
    "spaceorigin": "space origin", "spacedimension": "space dimension",
  ]

  /// Reads the header of the file at `path`.
  ///
  /// - Throws: ``ImagingError/unsupported(path:found:advice:)`` for another file, and
  ///   ``ImagingError/unreadable(path:reason:)``.
  init(_ path: String) throws(ImagingError) {
    _ = try FileFacts.of(path)
    let lines = try HeaderLines(path)
    guard let first = try lines.take(), Self.recognizes(Array(first.utf8)) else {
      throw .unsupported(
        path: path, found: "something that does not begin as NRRD does",
        advice: "Check the file, or convert it to .nii.gz.")
    }
    var fields: [String: String] = [:]
    var list: [String] = []
    var isList = false
    while list.count <= DetachedFiles.most, let line = try lines.take(), !line.isEmpty {
      if isList {
        list.append(trimmed(line))
      } else if !line.hasPrefix("#"), let (key, value) = Self.field(line) {
        fields[key] = value
        isList = key == "data file" && value.hasPrefix("LIST")
      }
    }
    (self.path, self.fields, self.list, length) = (path, fields, list, lines.position)
  }

  /// Whether a file that begins so is NRRD.
  static func recognizes(_ start: [UInt8]) -> Bool {
    start.count >= 8 && start.starts(with: "NRRD000".utf8)
  }

  /// The value of a field; `nil` when it is not there or empty.
  subscript(key: String) -> String? {
    fields[key].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// A field, `key: value`; pairs of key and value, `key:=value`, are the writer's own.
  private static func field(_ line: String) -> (key: String, value: String)? {
    guard let colon = line.firstIndex(of: ":") else { return nil }
    let rest = line[line.index(after: colon)...]
    guard !rest.hasPrefix("=") else { return nil }
    let key = trimmed(line[..<colon]).lowercased()
    return (synonyms[key] ?? key, trimmed(rest))
  }

  /// The words of a field, one per axis.
  ///
  /// - Throws: ``ImagingError/unreadable(path:reason:)`` for another number of them.
  func words(_ key: String, count: Int) throws(ImagingError) -> [String]? {
    guard let text = self[key] else { return nil }
    let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
    guard words.count == count else { throw wrong(key, "\(count) words are expected") }
    return words
  }

  /// The vectors of a field, `nil` for those that are "none".
  ///
  /// - Throws: ``ImagingError/unreadable(path:reason:)``.
  func vectors(_ key: String, count: Int) throws(ImagingError) -> [SIMD3<Double>?]? {
    guard let text = self[key] else { return nil }
    var vectors: [SIMD3<Double>?] = []
    var rest = Substring(text)
    while true {
      rest = rest.drop(while: \.isWhitespace)
      guard !rest.isEmpty else { break }
      if rest.hasPrefix("none") {
        vectors.append(nil)
        rest = rest.dropFirst(4)
      } else {
        guard rest.hasPrefix("("), let end = rest.firstIndex(of: ")"),
          let vector = Self.vector(rest[rest.index(after: rest.startIndex)..<end])
        else { throw wrong(key, "vectors like (1,0,0) are expected") }
        vectors.append(vector)
        rest = rest[rest.index(after: end)...]
      }
    }
    guard vectors.count == count else { throw wrong(key, "\(count) vectors are expected") }
    return vectors
  }

  /// Two or more numbers between commas, the first three of which count.
  private static func vector(_ text: Substring) -> SIMD3<Double>? {
    let words = text.split(separator: ",", omittingEmptySubsequences: false).map(trimmed)
    let numbers = words.compactMap { Double($0) }
    guard (2...4).contains(words.count), numbers.count == words.count else { return nil }
    return [numbers[0], numbers[1], numbers.count > 2 ? numbers[2] : 0]
  }

  /// What is thrown for a field that says something else than it may.
  func wrong(_ key: String, _ expected: String) -> ImagingError {
    .unreadable(
      path: path, reason: "its \(key) is '\((self[key] ?? "").prefix(60))' where \(expected)")
  }
}
