import Architecture
import Torch

/// A chain made executable: an encoder that halves the grid from stage to stage, and a decoder that comes
/// as far back as the genotype says.
///
/// Grids of an odd length are halved upwards, and what the decoder doubles is cut to the encoder's grid; so
/// are logits that are enlarged because the decoder is short. So images of any size will do.
struct ChainNetwork: Module {
  private let encoder: [ChainStageLayer]
  private let decoder: [ChainDecoderStage]
  private let head: SegmentationHead

  /// - Parameter inputs: The channels of the image.
  init(
    _ genotype: ChainGenotype, inputs: Int, classes: Int,
    using generator: inout some RandomNumberGenerator
  ) throws(TorchError) {
    var encoder: [ChainStageLayer] = []
    var channels = inputs
    for stage in genotype.encoder {
      encoder.append(
        try ChainStageLayer(
          stage, inChannels: channels, stride: encoder.isEmpty ? 1 : 2, of: genotype,
          using: &generator))
      channels = stage.channels
    }
    var decoder: [ChainDecoderStage] = []
    for (index, stage) in genotype.decoder.enumerated() {
      let beside = genotype.encoder[genotype.encoder.count - 2 - index].channels
      decoder.append(
        try ChainDecoderStage(
          stage, below: channels, beside: beside, of: genotype, using: &generator))
      channels = stage.channels
    }
    self.encoder = encoder
    self.decoder = decoder
    head = try SegmentationHead(channels: channels, classes: classes, using: &generator)
  }

  /// The logits `[batch, classes, depth, height, width]` of an image `[batch, inputs, depth, height, width]`.
  func callAsFunction(_ image: Tensor, isTraining: Bool) throws(TorchError) -> Tensor {
    var pyramid: [Tensor] = []
    for stage in encoder {
      pyramid.append(try stage(pyramid.last ?? image, isTraining: isTraining))
    }
    var features = pyramid.removeLast()
    for stage in decoder {
      features = try stage(features, beside: pyramid.removeLast(), isTraining: isTraining)
    }
    let logits = try head(features)
    let factor = 1 << (encoder.count - 1 - decoder.count)
    guard factor > 1 else { return logits }
    return try logits.interpolated(size: logits.shape[2...].map { $0 * factor }).cut(to: image)
  }

  var children: [(name: String, module: any Module)] {
    encoder.enumerated().map { (name: "encoder.stage\($0)", module: $1 as any Module) }
      + decoder.enumerated().map { (name: "decoder.stage\($0)", module: $1 as any Module) }
      + [(name: "head", module: head)]
  }
}

/// The blocks of a stage, the first of which may reduce the grid.
struct ChainStageLayer: Module {
  private let blocks: [ChosenBlock]

  init(
    _ stage: ChainStage, inChannels: Int, stride: Int = 1, of genotype: ChainGenotype,
    using generator: inout some RandomNumberGenerator
  ) throws(TorchError) {
    var blocks: [ChosenBlock] = []
    for index in 0..<stage.blocks {
      blocks.append(
        try ChosenBlock(
          inChannels: index == 0 ? inChannels : stage.channels, outChannels: stage.channels,
          kernel: stage.kernel, stride: index == 0 ? stride : 1,
          normalization: genotype.normalization, activation: genotype.activation,
          using: &generator))
    }
    self.blocks = blocks
  }

  func callAsFunction(_ input: Tensor, isTraining: Bool) throws(TorchError) -> Tensor {
    var features = input
    for block in blocks { features = try block(features, isTraining: isTraining) }
    return features
  }

  var children: [(name: String, module: any Module)] {
    blocks.enumerated().map { (name: "block\($0)", module: $1) }
  }
}

/// One step of the decoder: double the grid, put the encoder's features beside, refine.
private struct ChainDecoderStage: Module {
  private let upsampling: TransposedConvolution3D
  private let blocks: ChainStageLayer

  init(
    _ stage: ChainStage, below: Int, beside: Int, of genotype: ChainGenotype,
    using generator: inout some RandomNumberGenerator
  ) throws(TorchError) {
    upsampling = try TransposedConvolution3D(
      inChannels: below, outChannels: stage.channels, stride: [2, 2, 2], using: &generator)
    blocks = try ChainStageLayer(
      stage, inChannels: stage.channels + beside, of: genotype, using: &generator)
  }

  func callAsFunction(
    _ below: Tensor, beside: Tensor, isTraining: Bool
  ) throws(TorchError) -> Tensor {
    let doubled = try upsampling(below).cut(to: beside)
    return try blocks(Tensor.concatenated([doubled, beside], axis: 1), isTraining: isTraining)
  }

  var children: [(name: String, module: any Module)] {
    [(name: "upsampling", module: upsampling)] + blocks.children
  }
}

extension Tensor {
  /// Its near corner, no larger than another feature map.
  fileprivate func cut(to other: Tensor) throws(TorchError) -> Tensor {
    var part = self
    for axis in 2...4 where part.shape[axis] > other.shape[axis] {
      part = try part.narrowed(axis: axis, from: 0, count: other.shape[axis])
    }
    return part
  }
}
