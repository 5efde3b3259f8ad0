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

  let type: String
  let frames: Int

  /// Over the finite voxels of all frames; absent when there are none.
  let minimum: Double?
  let maximum: Double?
  let mean: Double?

  /// Voxels that are NaN or infinite.
  let nonFinite: Int

  /// Reads a NIfTI file, a PNG or a folder of PNGs.
  init(of path: String) throws(ImagingError) {
    var numbers = Numbers()
    let geometry: Geometry
    if Self.isPNG(path) {
      let scan = try ScanFile.read(at: path)
      numbers.add(scan.volume.voxels)
      (geometry, type, frames) = (scan.volume.geometry, "PNG", 1)
    } else {
      let header = try NIfTI.readHeader(at: path)
      for frame in 0..<header.frames {
        numbers.add(try NIfTI.read(at: path, frame: frame).volume.voxels)
      }
      (geometry, type, frames) = (header.geometry, header.typeName, header.frames)
    }
    self.path = path
    size = [geometry.size.x, geometry.size.y, geometry.size.z]
    spacing = [geometry.spacing.x, geometry.spacing.y, geometry.spacing.z]
    affine = geometry.affine
    minimum = numbers.count == 0 ? nil : numbers.minimum
    maximum = numbers.count == 0 ? nil : numbers.maximum
    mean = numbers.count == 0 ? nil : numbers.sum / Double(numbers.count)
    nonFinite = numbers.nonFinite
  }

  /// The report for a terminal.
  var text: String {
    let rows = affine.map { row in row.map { Self.padded($0) }.joined() }
    return """
      \(path)
        size        \(size.map(String.init).joined(separator: " × ")) voxels
        spacing     \(spacing.map { String(format: "%.4g", $0) }.joined(separator: " × ")) mm
        affine    \(rows.joined(separator: "\n            "))
                    (voxel index to RAS+ mm)
        type        \(type)
        frames      \(frames)
        minimum     \(Self.number(minimum))
        maximum     \(Self.number(maximum))
        mean        \(Self.number(mean))
        non-finite  \(nonFinite) voxels
      """
  }

  private static func isPNG(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    return exists && isFolder.boolValue || path.lowercased().hasSuffix(".png")
  }

  private static func padded(_ value: Double) -> String {
    String(format: "%12.4f", value == 0 ? 0 : value)
  }

  private static func number(_ value: Double?) -> String {
    value.map { String(format: "%.6g", $0) } ?? "–"
  }

  /// Sums up voxels frame by frame.
  private struct Numbers {
    var minimum = Double.infinity
    var maximum = -Double.infinity
    var sum = 0.0
    var count = 0
    var nonFinite = 0

    mutating func add(_ voxels: [Float]) {
      for voxel in voxels {
        let value = Double(voxel)
        guard value.isFinite else {
          nonFinite += 1
          continue
        }
        minimum = min(minimum, value)
        maximum = max(maximum, value)
        sum += value
        count += 1
      }
    }
  }
}
