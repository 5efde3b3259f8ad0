/// A part of a case over which features are averaged.
public struct FeatureRegion: Hashable, Sendable {
  /// Which voxels of the working grid belong to it.
  public enum Extent: Hashable, Sendable {
    case whole

    /// The voxels of a class; 0 is the background.
    case voxels(ofClass: UInt8)

    /// Voxels from the lower corner up to, and without, the upper one, along x, y and z.
    case box(SIMD3<Int>, SIMD3<Int>)
  }

  /// `whole`, the name of a label, or `patch-0`, `patch-1`, …
  public let name: String

  /// The name of the label that it shows: of a patch, the one at its centre. `nil` for a whole case.
  public let label: String?

  public let extent: Extent

  public init(name: String, label: String?, extent: Extent) {
    self.name = name
    self.label = label
    self.extent = extent
  }

  /// The region that every case has.
  public static let whole = FeatureRegion(name: wholeName, label: nil, extent: .whole)

  /// The name of ``whole``.
  public static let wholeName = "whole"

  /// What voxels without a label are called.
  public static let backgroundName = "background"
}
