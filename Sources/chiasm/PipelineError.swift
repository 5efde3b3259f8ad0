/// Why a pipeline file cannot be used.
enum PipelineError: Error, Equatable, CustomStringConvertible {
  case missing(path: String)
  case unreadable(path: String, reason: String)
  case unknownKey(path: String, key: String, section: String, known: [String])
  case wrongKind(path: String, key: String, expected: String, found: String)

  var description: String {
    switch self {
    case .missing(let path):
      return "\(path): there is no such pipeline file."
    case .unreadable(let path, let reason):
      return "\(path): this is not a JSON file (comments are allowed): \(reason)"
    case .unknownKey(let path, let key, let section, let known):
      let place = section.isEmpty ? "at the top" : "in \"\(section)\""
      return "\(path): unknown key \"\(key)\" \(place)."
        + Suggestion.sentence(for: key, among: known)
        + "\nKnown keys \(place): \(known.joined(separator: ", "))."
    case .wrongKind(let path, let key, let expected, let found):
      let name = key.isEmpty ? "the file" : "\"\(key)\""
      return "\(path): \(name) takes \(expected), not \(found)."
    }
  }
}
