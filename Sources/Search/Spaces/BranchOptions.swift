public import Architecture

/// What a pipeline says of branched networks.
public struct BranchOptions: Codable, Hashable, Sendable {
  /// The least and the most layers.
  public var layers = [1, 4]

  /// The edges of kernels in voxels, odd.
  public var kernels = [1, 3]

  public var channels = [4, 8, 16]

  /// How a layer may join what it reads.
  public var merges = Merge.allCases

  public init() {}

  /// - Throws: `ArchitectureError` when there is nothing to choose from.
  func space() throws(ArchitectureError) -> BranchedSpace {
    try BranchedSpace(
      layers: ClosedRange(ends: layers, of: "layers"), kernels: kernels, channels: channels,
      merges: merges)
  }
}
