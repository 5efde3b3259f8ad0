import Foundation

/// What a grid of a patient can be like: far wider than any scanner's, and narrow enough that no
/// later product of lengths overflows.
extension Geometry {
  /// The lengths of a voxel, in millimetres; room for the last digit of a file's float32.
  private static let spacings = 1e-3 * (1 - 1e-6)...1e3 * (1 + 1e-6)

  /// The greatest length of the box along an axis, in millimetres.
  private static let longestView = 10e3

  /// The greatest distance of the first voxel from zero along an axis, in millimetres.
  private static let farthestOrigin = 1e6

  /// Refuses a grid that a file claims and that cannot be a patient's.
  ///
  /// - Throws: ``ImagingError/implausibleGeometry(path:expected:found:)``.
  func checkPlausible(at path: String) throws(ImagingError) {
    let lengths = SIMD3<Double>(size) * spacing
    guard (0..<3).allSatisfy({ Self.spacings.contains(spacing[$0]) }) else {
      throw .implausibleGeometry(
        path: path, expected: "voxels of 0.001 to 1000 mm",
        found: "voxels of \(millimetres(spacing, " × "))")
    }
    guard lengths.max() <= Self.longestView else {
      throw .implausibleGeometry(
        path: path, expected: "a field of view of at most 10 m",
        found: "one of \(millimetres(lengths, " × "))")
    }
    guard (0..<3).allSatisfy({ abs(origin[$0]) <= Self.farthestOrigin }) else {
      throw .implausibleGeometry(
        path: path, expected: "a first voxel within 1 km of zero",
        found: "it at \(millimetres(origin, ", "))")
    }
  }

  private func millimetres(_ vector: SIMD3<Double>, _ separator: String) -> String {
    (0..<3).map { String(format: "%.4g", vector[$0]) }.joined(separator: separator) + " mm"
  }
}
