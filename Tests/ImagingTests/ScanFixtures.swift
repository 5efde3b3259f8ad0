import Foundation
import Imaging

/// A folder for the files of one test, removed with the value.
final class ScratchFolder {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("chiasm-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit {
    do {
      try FileManager.default.removeItem(atPath: path)
    } catch {
      print("left behind: \(path): \(error)")
    }
  }

  /// The path of a file in the folder.
  subscript(name: String) -> String { path + "/" + name }

  /// Writes a file and returns its path.
  func store(_ bytes: [UInt8], as name: String) throws -> String {
    try Data(bytes).write(to: URL(fileURLWithPath: self[name]))
    return self[name]
  }

  /// The names of what is in the folder, hidden or not.
  func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path).sorted()
  }
}

/// The real scans beside the project, for tests that are skipped where they are absent.
enum RealScans {
  static let package = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static let folder = package.deletingLastPathComponent().path + "/shared/data"

  static let areHere = FileManager.default.fileExists(atPath: folder + "/nifti")

  /// A file that a script in Tests/Reference wrote.
  static func reference<Content: Decodable>(_ name: String) throws -> Content {
    let url = package.appendingPathComponent("Tests/Reference/" + name)
    return try JSONDecoder().decode(Content.self, from: Data(contentsOf: url))
  }
}

/// What is thrown by `body`, if it is an ``ImagingError``.
func imagingError<Result>(_ body: () throws -> Result) -> ImagingError? {
  do {
    _ = try body()
    return nil
  } catch {
    return error as? ImagingError
  }
}

/// The largest difference between the elements of two matrices of one shape.
func largestDifference(_ left: [[Double]], _ right: [[Double]]) -> Double {
  zip(left.joined(), right.joined()).map { abs($0 - $1) }.max() ?? 0
}
