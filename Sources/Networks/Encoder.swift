public import Architecture
public import Torch

/// One modality (or several as channels) turned into a pyramid of features.
///
/// Source: the plain encoder of F. Isensee et al., "nnU-Net", Nature Methods 18, 2021: the first
/// convolution of a level reduces the grid, there is no pooling.
public struct Encoder: Module {
  private let stages: [Stage]

  /// - Parameters:
  ///   - inChannels: The channels of the image.
  ///   - depth: How many levels are built, counted from the finest; all when left out.
  public init(
    inChannels: Int, topology: Topology, depth: Int? = nil,
    using generator: inout some RandomNumberGenerator
  ) throws(TorchError) {
    var stages: [Stage] = []
    var channels = inChannels
    for level in topology.levels.prefix(depth ?? topology.levels.count) {
      stages.append(
        try Stage(
          inChannels: channels, outChannels: level.channels, kernel: level.kernel,
          stride: level.stride, blocks: topology.blocksPerLevel, using: &generator))
      channels = level.channels
    }
    self.stages = stages
  }

  /// The features of every level, finest first.
  ///
  /// - Parameters:
  ///   - image: `[batch, inChannels, depth, height, width]`.
  ///   - depth: How many levels are computed, counted from the finest; all when left out.
  public func callAsFunction(_ image: Tensor, depth: Int? = nil) throws(TorchError) -> [Tensor] {
    var pyramid: [Tensor] = []
    for stage in stages.prefix(depth ?? stages.count) {
      pyramid.append(try stage(pyramid.last ?? image))
    }
    return pyramid
  }

  public var children: [(name: String, module: any Module)] {
    stages.enumerated().map { (name: "level\($0)", module: $1) }
  }
}
