public import Architecture
public import Torch

/// The way up the pyramid: coarse features are upsampled and refined with the finer ones.
///
/// Source: O. Ronneberger et al., "U-Net", MICCAI 2015, in the form of nnU-Net's plain decoder.
public struct Decoder: Module {
  /// One per level but the lowest, finest first.
  private let levels: [DecoderLevel]

  public init(
    topology: Topology, using generator: inout some RandomNumberGenerator
  ) throws(TorchError) {
    var levels: [DecoderLevel] = []
    for (level, below) in zip(topology.levels, topology.levels.dropFirst()) {
      levels.append(
        try DecoderLevel(
          level, below: below, blocks: topology.blocksPerLevel, using: &generator))
    }
    self.levels = levels
  }

  /// The decoded features of every level but the lowest, finest first.
  ///
  /// - Parameter pyramid: The fused features of every level, finest first, each
  ///   `[batch, channels, depth, height, width]`.
  public func callAsFunction(_ pyramid: [Tensor]) throws(TorchError) -> [Tensor] {
    precondition(
      pyramid.count == levels.count + 1,
      "\(pyramid.count) levels of features for a decoder of \(levels.count + 1)")
    var decoded: [Tensor] = []
    var features = pyramid[pyramid.count - 1]
    for (index, level) in levels.enumerated().reversed() {
      features = try level(features, skip: pyramid[index])
      decoded.append(features)
    }
    return decoded.reversed()
  }

  public var children: [(name: String, module: any Module)] {
    levels.enumerated().map { (name: "level\($0)", module: $1) }
  }
}

/// One step up: upsample, put the encoder's features beside, refine.
private struct DecoderLevel: Module {
  private let upsampling: TransposedConvolution3D
  private let stage: Stage

  init(
    _ level: Topology.Level, below: Topology.Level, blocks: Int,
    using generator: inout some RandomNumberGenerator
  ) throws(TorchError) {
    upsampling = try TransposedConvolution3D(
      inChannels: below.channels, outChannels: level.channels, stride: below.stride,
      using: &generator)
    stage = try Stage(
      inChannels: 2 * level.channels, outChannels: level.channels, kernel: level.kernel,
      blocks: blocks, using: &generator)
  }

  func callAsFunction(_ below: Tensor, skip: Tensor) throws(TorchError) -> Tensor {
    try stage(Tensor.concatenated([upsampling(below), skip], axis: 1))
  }

  var children: [(name: String, module: any Module)] {
    [(name: "upsampling", module: upsampling)] + stage.children
  }
}
