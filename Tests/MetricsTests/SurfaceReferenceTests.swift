import Foundation
import Imaging
import Metrics
import Randomness
import Testing

/// Surface metrics against surface-distance 0.1, MONAI 1.6.1 and SimpleITK 2.5.7, each under its own
/// convention; the values come from Tests/Reference/surface_values.py.
struct SurfaceReferenceTests {
  /// One pair of masks: per convention and metric a number per label.
  private struct Values: Decodable {
    let spacing: [Double]
    let labels: [Int]
    let surfels: [String: [Double]]
    let voxels: [String: [Double]]
    let contours: [String: [Double]]

    func numbers(_ convention: SurfaceConvention) -> [String: [Double]] {
      switch convention {
      case .surfels: surfels
      case .voxels: voxels
      case .contours: contours
      }
    }
  }

  private static let reference = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Reference")

  /// Real scans, which are not part of the package.
  private static let scans = reference.deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("shared/data").path

  private static func values() throws -> [String: Values] {
    try JSONDecoder().decode(
      [String: Values].self,
      from: Data(contentsOf: reference.appendingPathComponent("surface_reference.json")))
  }

  /// MONAI's results are in single precision. SimpleITK's distance maps are not exact: of a voxel of
  /// 3.27 mm they say 3.2700042 mm.
  private static func tolerance(_ convention: SurfaceConvention, _ value: Double) -> Double {
    switch convention {
    case .surfels: 1e-9 * max(1, value)
    case .voxels: 1e-6 * max(1, value)
    case .contours: 5e-6 * max(1, value)
    }
  }

  private func check(
    _ name: String, _ prediction: LabelMap, _ reference: LabelMap
  ) throws {
    let values = try #require(try Self.values()[name])
    let spacing = SIMD3(values.spacing[0], values.spacing[1], values.spacing[2])
    let grid = Geometry(size: reference.geometry.size, spacing: spacing)
    let (found, expected) = (
      LabelMap(geometry: grid, voxels: prediction.voxels),
      LabelMap(geometry: grid, voxels: reference.voxels)
    )
    let pairs = LabelPairs(prediction: found, reference: expected)
    for convention in SurfaceConvention.allCases {
      for (index, label) in values.labels.enumerated() {
        let surfaces = try #require(
          SurfaceDistances(
            of: [label], prediction: found, reference: expected, pairs: pairs,
            convention: convention))
        for (metric, numbers) in values.numbers(convention) {
          let number = try Self.number(metric, of: surfaces)
          #expect(
            abs(number - numbers[index]) <= Self.tolerance(convention, numbers[index]),
            "\(name), \(convention), label \(label), \(metric): \(number), not \(numbers[index])")
        }
      }
    }
  }

  private static func number(_ metric: String, of surfaces: SurfaceDistances) throws -> Double {
    switch metric {
    case "HD": surfaces.hausdorff
    case "ASSD": surfaces.average
    case "MASD": surfaces.meanOfAverages
    case let name where name.hasPrefix("HD"):
      surfaces.hausdorff(percentile: try #require(Double(name.dropFirst(2))))
    case let name where name.hasPrefix("NSD"):
      surfaces.surfaceDice(withinMillimetres: try #require(Double(name.dropFirst(3))))
    default: try #require(nil as Double?, "unknown metric \(metric)")
    }
  }

  @Test(arguments: ["noise/iso", "noise/aniso"])
  func everyKindOfCornerAgrees(name: String) throws {
    var generator = SplitMix64(seed: 5)
    let grid = Geometry(size: [13, 11, 9], spacing: .one)
    func mask() -> LabelMap {
      LabelMap(
        geometry: grid, voxels: (0..<grid.voxelCount).map { _ in UInt16(generator.next() % 3) })
    }
    let prediction = mask()
    try check(name, prediction, mask())
  }

  @Test(arguments: ["seg/iso", "seg/aniso"])
  func syntheticOrgansAgree(name: String) throws {
    let masks = try ["pred", "ref"].map { part in
      try NIfTI.readLabels(at: Self.reference.appendingPathComponent("seg_\(part).nii.gz").path)
    }
    try check(name, masks[0], masks[1])
  }

  @Test(
    .enabled(if: FileManager.default.fileExists(atPath: scans), "needs ../shared/data"),
    arguments: [
      "sts/STS_002/CT_mask.nii.gz", "sts/STS_008/CT_mask.nii.gz", "sts/STS_040/CT_mask.nii.gz",
      "sts/STS_002/PET_mask.nii.gz", "totalsegmentator/example_ct_sm_seg104.nii.gz",
    ])
  func realMasksAgree(name: String) throws {
    let mask = try NIfTI.readLabels(at: "\(Self.scans)/\(name)")
    var moved = LabelMap(geometry: mask.geometry, filledWith: 0)
    let size = mask.geometry.size
    for z in 1..<size.z {
      for y in 0..<size.y - 1 {
        for x in 2..<size.x { moved[x, y, z] = mask[x - 2, y + 1, z - 1] }
      }
    }
    try check(name, moved, mask)
  }
}
