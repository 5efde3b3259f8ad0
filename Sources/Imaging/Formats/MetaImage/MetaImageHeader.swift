/// The header of a MetaImage, key by key.
struct MetaImageHeader {
  let path: String

  /// The byte of the file after the header.
  let length: Int

  /// The lines after the header's last, which a list of data files has.
  let list: [String]

  private let fields: [String: String]

  /// Reads the header of the file at `path`.
  ///
  /// - Throws: ``ImagingError/unsupported(path:found:advice:)`` for another file, and
  ///   ``ImagingError/unreadable(path:reason:)``.
  init(_ path: String) throws(ImagingError) {
    _ = try FileFacts.of(path)
    let lines = try HeaderLines(path)
    var fields: [String: String] = [:]
    while fields["ElementDataFile"] == nil {
      guard let line = try lines.take(), !line.contains("\0") else {
        throw fields["NDims"] == nil
          ? .unsupported(
            path: path, found: "something that does not begin as MetaImage does",
            advice: "Check the file, or convert it to .nii.gz.")
          : .unreadable(path: path, reason: "its header has no ElementDataFile")
      }
      guard let (key, value) = Self.field(line) else { continue }
      fields[key] = value
    }
    length = lines.position
    var list: [String] = []
    if fields["ElementDataFile"]?.hasPrefix("LIST") == true {
      while list.count <= DetachedFiles.most, let line = try lines.take() {
        let name = trimmed(line)
        if !name.isEmpty { list.append(name) }
      }
    }
    (self.path, self.fields, self.list) = (path, fields, list)
  }

  /// Whether a file that begins so is a MetaImage.
  static func recognizes(_ start: [UInt8]) -> Bool {
    let text = String(decoding: start.prefix { $0 != 0x0A }, as: UTF8.self)
    let first = ["ObjectType", "NDims", "Comment", "ObjectSubType", "TransformType"]
    return field(text).map { first.contains($0.key) } ?? false
  }

  /// The value of a key; `nil` when it is not there or empty.
  subscript(key: String) -> String? {
    fields[key].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Whether the value of a key begins as "true" does; any of the keys will do.
  func isTrue(_ keys: String...) -> Bool {
    keys.contains { key in self[key].map { "Tt1".contains($0.prefix(1)) } ?? false }
  }

  /// The `count` numbers of the first of some keys that is there; `nil` when none is.
  ///
  /// - Throws: ``ImagingError/unreadable(path:reason:)``.
  func numbers(_ keys: String..., count: Int) throws(ImagingError) -> [Double]? {
    guard let key = keys.first(where: { self[$0] != nil }), let text = self[key] else { return nil }
    let words = text.split(whereSeparator: \.isWhitespace)
    let numbers = words.compactMap { Double($0) }
    guard words.count == count, numbers.count == count else {
      throw .unreadable(
        path: path, reason: "\(key) is '\(text.prefix(60))' where \(count) numbers are expected")
    }
    return numbers
  }

  private static func field(_ line: String) -> (key: String, value: String)? {
    guard let separator = line.firstIndex(of: "=") else { return nil }
    return (trimmed(line[..<separator]), trimmed(line[line.index(after: separator)...]))
  }
}

/// A text without the spaces around it.
func trimmed(_ text: some StringProtocol) -> String {
  var rest = Substring(text)
  while let last = rest.last, last.isWhitespace { rest.removeLast() }
  return String(rest.drop(while: \.isWhitespace))
}
