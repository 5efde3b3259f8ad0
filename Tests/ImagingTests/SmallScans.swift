import Foundation
import Imaging

/// Tiny files for tests about datasets.
enum SmallScans {
  /// A grid of 4 × 3 × 2 voxels.
  static let grid = Geometry(size: [4, 3, 2], spacing: [1, 1, 2])

  /// Writes a scan whose voxels are 0, 1, 2 and so on, and the folders above it.
  static func write(to path: String, on grid: Geometry = grid) throws {
    try makeFolder(above: path)
    let voxels = (0..<grid.voxelCount).map(Float.init)
    try NIfTI.write(Volume(geometry: grid, voxels: voxels), to: path)
  }

  /// Writes labels that are `value` in the first three voxels and 0 elsewhere.
  static func writeLabels(to path: String, value: UInt16 = 1, on grid: Geometry = grid) throws {
    try makeFolder(above: path)
    var labels = LabelMap(geometry: grid, filledWith: 0)
    for index in 0..<3 { labels.voxels[index] = value }
    try NIfTI.write(labels, to: path)
  }

  /// Writes a text, and the folders above it.
  static func write(_ text: String, to path: String) throws {
    try makeFolder(above: path)
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
  }

  private static func makeFolder(above path: String) throws {
    try FileManager.default.createDirectory(
      at: URL(fileURLWithPath: path).deletingLastPathComponent(),
      withIntermediateDirectories: true)
  }
}
