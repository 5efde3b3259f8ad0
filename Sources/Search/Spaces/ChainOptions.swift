public import Architecture

/// What a pipeline says of chains.
public struct ChainOptions: Codable, Hashable, Sendable {
  /// The least and the most stages of the encoder.
  public var encoderStages = [2, 4]

  /// The least and the most blocks of a stage.
  public var blocks = [1, 2]

  /// The edges of kernels in voxels, odd.
  public var kernels = [1, 3]

  public var channels = [4, 8, 16]
  public var normalizations = FeatureNormalization.allCases
  public var activations = Activation.allCases

  public init() {}

  /// - Throws: `ArchitectureError` when there is nothing to choose from.
  func space() throws(ArchitectureError) -> ChainSpace {
    try ChainSpace(
      encoderStages: ClosedRange(ends: encoderStages, of: "encoderStages"),
      blocks: ClosedRange(ends: blocks, of: "blocks"), kernels: kernels, channels: channels,
      normalizations: normalizations, activations: activations)
  }
}
