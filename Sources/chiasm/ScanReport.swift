import Foundation
import Imaging

/// One scan in numbers.
struct ScanReport: Encodable {
  let path: String
  let size: [Int]

  /// Millimetres along the voxel axes.
  let spacing: [Double]

  /// Four rows; voxel indices to RAS+ millimetres.
  let affine: [[Double]]

  /// The type of a voxel that is read from it, "int16" for instance.
  let type: String

  let frames: Int

  /// How the voxel axes fail to be at right angles; absent when they do not.
  let skew: String?

  /// Over the finite voxels of all frames; absent when there are none.
  let minimum: Double?
  let maximum: Double?
  let mean: Double?

  /// Voxels that are NaN or infinite.
  let nonFinite: Int

  /// What a person is to know beyond the numbers: whether lengths are calibrated, for instance.
  let notes: [String]

  /// Reads every frame of a scan.
  init(of path: String, dicom: DICOMOptions = DICOMOptions()) throws(ImagingError) {
    let scan = try ScanFile.open(path, dicom: dicom)
    var summary = VoxelSummary()
    for frame in 0..<scan.frames { summary = summary + (try scan.read(frame: frame)).summary }
    let geometry = scan.geometry
    self.path = path
    size = [geometry.size.x, geometry.size.y, geometry.size.z]
    spacing = [geometry.spacing.x, geometry.spacing.y, geometry.spacing.z]
    affine = geometry.affine
    (type, frames) = (scan.type.rawValue, scan.frames)
    skew = geometry.direction.skew?.description
    minimum = summary.finiteCount == 0 ? nil : summary.minimum
    maximum = summary.finiteCount == 0 ? nil : summary.maximum
    mean = summary.mean
    nonFinite = summary.nonFiniteCount
    notes = scan.notes
  }

  /// The report for a terminal.
  var text: String {
    let rows = affine.map { row in row.map { Self.padded($0) }.joined() }
    return """
      \(path)
        size        \(size.map(String.init).joined(separator: " × ")) voxels
        spacing     \(spacing.map { String(format: "%.4g", $0) }.joined(separator: " × ")) mm
        affine    \(rows.joined(separator: "\n            "))
                    (voxel index to RAS+ mm)\(skew.map { "\n  skew        \($0)" } ?? "")
        type        \(type)
        frames      \(frames)
        minimum     \(Self.number(minimum))
        maximum     \(Self.number(maximum))
        mean        \(Self.number(mean))
        non-finite  \(nonFinite) voxels
      """ + notes.map { "\n  note        \($0)" }.joined()
  }

  private static func padded(_ value: Double) -> String {
    String(format: "%12.4f", value == 0 ? 0 : value)
  }

  private static func number(_ value: Double?) -> String {
    value.map { String(format: "%.6g", $0) } ?? "–"
  }
}
