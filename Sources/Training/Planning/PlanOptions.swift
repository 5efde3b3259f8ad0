/// What a person may decide about a plan; everything left at its default is decided by the data.
public struct PlanOptions: Codable, Hashable, Sendable {
  /// The working spacing along x, y and z in millimetres; empty: decided by the data.
  public var spacing: [Double] = []

  /// How scans and labels are brought on to the working grid.
  public var resampling = CaseResampling.spline

  /// The patch along x, y and z in voxels; empty: decided by the data.
  public var patchSize: [Int] = []

  /// The most voxels a patch may have, when the data decide: the budget of time and memory.
  public var patchVoxels = 96 * 96 * 12

  /// The channels of the finest level; they double from level to level.
  public var baseChannels = 16

  /// The most channels of any level.
  public var maximumChannels = 128

  /// The number of levels of the pyramid, 3 to 5; 0: decided by the data.
  public var levels = 0

  /// The convolution blocks of each level.
  public var blocksPerLevel = 2

  /// The patches of one training step.
  public var batchSize = 2

  public init() {}
}
