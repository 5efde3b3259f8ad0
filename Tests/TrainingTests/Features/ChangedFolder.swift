import Foundation
import TestSupport
import Testing

/// A folder that is written, then changed by another hand, then read.
struct ChangedFolder {
  let write: (_ path: String) throws -> Void
  let read: (_ path: String) throws -> Void

  /// What reading has to say after the change, without the folder's path.
  func problem(after change: (_ path: String) throws -> Void) throws -> String {
    try withTemporaryFolder { path in
      try write(path)
      try change(path)
      do {
        try read(path)
        return "none"
      } catch {
        return "\(error)".replacing(path + "/", with: "")
      }
    }
  }

  /// The same where a text stands in the place of another in a file.
  func problem(in file: String, replacing old: String, by new: String) throws -> String {
    try problem { path in
      let text = try String(contentsOfFile: "\(path)/\(file)", encoding: .utf8)
      #expect(text.contains(old))
      try text.replacing(old, with: new)
        .write(toFile: "\(path)/\(file)", atomically: true, encoding: .utf8)
    }
  }
}
