/// The pyramid that all networks of a plan share: channels, kernels and strides per level.
///
/// Sizes are always depth, height, width.
public struct Topology: Hashable, Sendable {
  /// One resolution of the pyramid.
  public struct Level: Hashable, Sendable {
    /// The channels of the features.
    public let channels: Int

    /// The convolutions' size along depth, height and width; odd.
    public let kernel: [Int]

    /// By what the level before is reduced along depth, height and width.
    public let stride: [Int]

    public init(channels: Int, kernel: [Int], stride: [Int]) {
      self.channels = channels
      self.kernel = kernel
      self.stride = stride
    }
  }

  /// The levels, finest first; the first has the stride [1, 1, 1].
  public let levels: [Level]

  /// The convolution blocks of each level, in the encoder and in the decoder.
  public let blocksPerLevel: Int

  /// The number of classes, background included.
  public let classes: Int

  /// Creates a topology from levels that a plan has worked out.
  ///
  /// - Precondition: At least two levels with a channel or more, odd kernels and positive strides
  ///   along three axes, the first stride being [1, 1, 1]; a block or more; two classes or more.
  public init(levels: [Level], blocksPerLevel: Int = 2, classes: Int) {
    let fault = Self.fault(levels: levels, blocksPerLevel: blocksPerLevel, classes: classes)
    precondition(fault == nil, fault ?? "")
    self.levels = levels
    self.blocksPerLevel = blocksPerLevel
    self.classes = classes
  }

  /// The grid of every level for a patch of the given depth, height and width, finest first.
  public func reducedGrids(_ patch: [Int]) -> [[Int]] {
    var grid = patch
    return levels.map { level in
      // A convolution padded by half its kernel makes ceil(size / stride) voxels.
      grid = zip(grid, level.stride).map { ($0 + $1 - 1) / $1 }
      return grid
    }
  }

  /// How many voxels of a patch one voxel of the lowest level stands for, along each axis; a patch
  /// must be a multiple of it.
  public var reduction: [Int] {
    (0..<3).map { axis in levels.reduce(1) { $0 * $1.stride[axis] } }
  }

  /// What is wrong with the parts of a topology, if anything.
  private static func fault(levels: [Level], blocksPerLevel: Int, classes: Int) -> String? {
    guard (2...8).contains(levels.count) else {
      return "it has \(levels.count) levels, expected 2 to 8"
    }
    for (index, level) in levels.enumerated() {
      if level.channels < 1 {
        return "level \(index) has \(level.channels) channels, expected 1 or more"
      }
      guard level.kernel.count == 3, level.kernel.allSatisfy({ $0 > 0 && $0 % 2 == 1 }) else {
        return "level \(index) has the kernel \(level.kernel), expected three odd sizes"
      }
      guard level.stride.count == 3, level.stride.allSatisfy({ $0 > 0 }) else {
        return "level \(index) has the stride \(level.stride), expected three positive numbers"
      }
    }
    guard levels[0].stride == [1, 1, 1] else {
      return "level 0 has the stride \(levels[0].stride), expected [1, 1, 1]"
    }
    guard blocksPerLevel > 0 else {
      return "it has \(blocksPerLevel) blocks per level, expected 1 or more"
    }
    return classes < 2 ? "it has \(classes) classes, expected 2 or more with background" : nil
  }
}

extension Topology.Level: Codable {}

extension Topology: Codable {
  private enum CodingKeys: String, CodingKey {
    case levels, blocksPerLevel, classes
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    let levels = try fields.decode([Level].self, forKey: .levels)
    let blocks = try fields.decode(Int.self, forKey: .blocksPerLevel)
    let classes = try fields.decode(Int.self, forKey: .classes)
    if let fault = Self.fault(levels: levels, blocksPerLevel: blocks, classes: classes) {
      throw ArchitectureError.badTopology(fault)
    }
    self.init(levels: levels, blocksPerLevel: blocks, classes: classes)
  }
}
