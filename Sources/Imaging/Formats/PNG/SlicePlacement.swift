import Foundation

/// What `spacing.json` in a folder of slices says: `{"spacing": [0.5, 0.5, 2]}`.
///
/// `origin` (millimetres, RAS+) and `direction` (three unit vectors, RAS+) may be added.
struct SlicePlacement: Codable, Equatable {
  static let fileName = "spacing.json"

  let spacing: [Double]
  var origin: [Double]?
  var direction: [[Double]]?

  init(spacing: SIMD3<Double>) {
    self.spacing = [spacing.x, spacing.y, spacing.z]
  }

  init(_ geometry: Geometry) {
    let list = { (vector: SIMD3<Double>) in [vector.x, vector.y, vector.z] }
    spacing = list(geometry.spacing)
    origin = list(geometry.origin)
    direction = [geometry.direction.x, geometry.direction.y, geometry.direction.z].map(list)
  }

  /// What the folder's file says, or `nil` when there is none.
  ///
  /// - Throws: ``ImagingError/unreadable(path:reason:)``.
  static func inFolder(_ folder: String) throws(ImagingError) -> SlicePlacement? {
    let path = folder + "/" + fileName
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    do {
      let data = try Data(contentsOf: URL(fileURLWithPath: path))
      return try JSONDecoder().decode(SlicePlacement.self, from: data)
    } catch {
      throw .unreadable(path: path, reason: #"it is not like {"spacing": [0.5, 0.5, 2]}"#)
    }
  }

  /// The grid of `size` voxels that lies so.
  ///
  /// - Throws: ``ImagingError/unreadable(path:reason:)`` when the numbers make no grid, and
  ///   ``ImagingError/implausibleGeometry(path:expected:found:)`` when no patient fits it.
  func geometry(size: SIMD3<Int>, folder: String) throws(ImagingError) -> Geometry {
    let radiological = [[-1.0, 0, 0], [0, -1, 0], [0, 0, 1]]
    let axes = (direction ?? radiological).compactMap(vector)
    let steps = vector(spacing)
    guard let steps, steps.min() > 0, let start = vector(origin ?? [0, 0, 0]), axes.count == 3
    else {
      throw unreadable(folder, "spacing is three lengths above 0, in millimetres")
    }
    let map = AffineMap(
      x: axes[0] * steps.x, y: axes[1] * steps.y, z: axes[2] * steps.z, offset: start)
    guard map.isInvertible, axes.allSatisfy({ abs($0.length - 1) < 1e-3 }) else {
      throw unreadable(folder, "direction is three unit vectors that span space")
    }
    let geometry = Geometry(
      size: size, spacing: steps, origin: start,
      direction: Direction(x: axes[0], y: axes[1], z: axes[2]))
    try geometry.checkPlausible(at: folder + "/" + Self.fileName)
    return geometry
  }

  /// The file's content.
  func encoded() throws(ImagingError) -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    do {
      return try encoder.encode(self)
    } catch {
      throw .writeFailed(path: Self.fileName, reason: "its numbers are not finite")
    }
  }

  private func vector(_ numbers: [Double]) -> SIMD3<Double>? {
    numbers.count == 3 ? [numbers[0], numbers[1], numbers[2]] : nil
  }

  private func unreadable(_ folder: String, _ reason: String) -> ImagingError {
    .unreadable(path: folder + "/" + Self.fileName, reason: reason)
  }
}
