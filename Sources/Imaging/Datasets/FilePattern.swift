import Foundation

/// A path relative to a dataset's root in which `{case}` stands for the name of a case.
///
/// `{case}` is one path component or a part of one, and may be written several times:
/// `{case}/{case}_ct.nii.gz`. A pattern can never leave the root: absolute paths and `..` are
/// refused, and the number of folders it descends is fixed, so links cannot lead it in circles.
struct FilePattern: Hashable {
  private static let placeholder = "{case}"

  /// The pattern as written.
  let text: String

  private let components: [String]

  /// Checks the pattern that stands at `key` in `file`.
  init(_ text: String, key: String, file: String) throws(ImagingError) {
    let components = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let reason: String? =
      if text.hasPrefix("/") || text.hasPrefix("~") {
        "is absolute"
      } else if components.contains("..") {
        "contains \"..\""
      } else if components.contains("") || text.contains("\0") {
        "has an empty path component"
      } else if !text.contains(Self.placeholder) {
        "does not contain {case}"
      } else {
        nil
      }
    if let reason {
      throw .badPattern(file: file, key: key, pattern: text, reason: reason)
    }
    self.text = text
    self.components = components.filter { $0 != "." }
  }

  /// The path of the file of case `name` below `root`.
  func path(ofCase name: String, root: String) -> String {
    let filled = components.map { $0.replacingOccurrences(of: Self.placeholder, with: name) }
    return root + "/" + filled.joined(separator: "/")
  }

  /// The names of the cases that have this file below `root`.
  func cases(in root: String) throws(ImagingError) -> Set<String> {
    guard let depth = components.firstIndex(where: { $0.contains(Self.placeholder) }) else {
      return []
    }
    let folder = ([root] + components[..<depth]).joined(separator: "/")
    guard Self.isPresent(folder) else { return [] }
    let names = try Folder.names(in: folder).compactMap { Self.name(in: $0, by: components[depth]) }
    return Set(names.filter { Self.isPresent(path(ofCase: $0, root: root)) })
  }

  /// What `{case}` stands for when `component` reads `entry`, or `nil` when it cannot.
  static func name(in entry: String, by component: String) -> String? {
    guard !entry.hasPrefix(".") else { return nil }
    let pieces = component.components(separatedBy: placeholder)
    let written = pieces.reduce(0) { $0 + $1.count }
    let times = pieces.count - 1
    let free = entry.count - written
    guard times > 0, free > 0, free % times == 0, entry.hasPrefix(pieces[0]) else { return nil }
    let name = String(entry.dropFirst(pieces[0].count).prefix(free / times))
    return pieces.joined(separator: name) == entry ? name : nil
  }

  /// Whether something has this name, be it a link that leads nowhere or in a circle.
  ///
  /// Such a link is not a missing file but a file that cannot be read, which is the case's fault
  /// and must be reported, so it counts as present.
  static func isPresent(_ path: String) -> Bool {
    var facts = stat()
    return lstat(path, &facts) == 0 || (errno != ENOENT && errno != ENOTDIR)
  }
}
