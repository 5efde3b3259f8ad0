import Foundation

/// The files below a folder, whatever they are.
enum DICOMFolder {
  /// The deepest folder that is entered, counted from the first.
  private static let deepest = 32

  /// The paths of all files at or below `path`, sorted; links to folders are not followed, so a
  /// circle of links ends.
  ///
  /// - Throws: ``ImagingError`` when `path` itself cannot be listed. A folder below it that cannot
  ///   is reported to `onFault`.
  static func files(
    at path: String, onFault: (ImagingError) -> Void = { _ in }
  ) throws(ImagingError) -> [String] {
    guard FileFacts.isFolder(path) else { return [path] }
    var files: [String] = []
    var folders = [(path: path, depth: 0)]
    while let folder = folders.popLast() {
      let names: [String]
      do throws(ImagingError) {
        names = try Folder.names(in: folder.path)
      } catch {
        guard folder.depth > 0 else { throw error }
        onFault(error)
        continue
      }
      for name in names where !name.hasPrefix(".") {
        let entry = folder.path + "/" + name
        switch kind(of: entry) {
        case .folder where folder.depth < deepest: folders.append((entry, folder.depth + 1))
        case .file: files.append(entry)
        default: break
        }
      }
    }
    return files.sorted()
  }

  private enum Kind { case file, folder, other }

  /// What is at a path; a link to a file is that file, and one to a folder is passed over.
  private static func kind(of path: String) -> Kind {
    var facts = stat()
    guard lstat(path, &facts) == 0 else { return .other }
    let isLink = facts.st_mode & S_IFMT == S_IFLNK
    if isLink, stat(path, &facts) != 0 { return .other }
    switch facts.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return isLink ? .other : .folder
    default: return .other
    }
  }
}
