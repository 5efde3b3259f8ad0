import Foundation

/// The two files of a NIfTI that keeps its header and its voxels apart.
enum NIfTIPair {
  /// The file that has the header, for either file of a pair; other paths are returned as they are.
  ///
  /// - Throws: ``ImagingError/missingFile(path:)`` when an `.img` is without its `.hdr`.
  static func headerPath(for path: String) throws(ImagingError) -> String {
    guard let stem = stem(of: path, endings: [".img", ".img.gz"]) else { return path }
    return try partner(stem: stem, ending: ".hdr", of: path)
  }

  /// The file that has the voxels of the header at `path`.
  ///
  /// - Throws: ``ImagingError/missingFile(path:)``.
  static func voxelPath(for path: String) throws(ImagingError) -> String {
    let stem = stem(of: path, endings: [".hdr", ".hdr.gz", ".nii", ".nii.gz"]) ?? path
    return try partner(stem: stem, ending: ".img", of: path)
  }

  /// The file of that name that exists; a compressed header need not have compressed voxels.
  private static func partner(
    stem: String, ending: String, of path: String
  ) throws(ImagingError) -> String {
    let plain = stem + ending
    let names = [plain, plain + ".gz", stem + ending.uppercased()]
    let found = names.first { FileManager.default.fileExists(atPath: $0) }
    guard let found else { throw .missingFile(path: plain) }
    return found
  }

  private static func stem(of path: String, endings: [String]) -> String? {
    let ending = endings.first { path.lowercased().hasSuffix($0) }
    return ending.map { String(path.dropLast($0.count)) }
  }
}
