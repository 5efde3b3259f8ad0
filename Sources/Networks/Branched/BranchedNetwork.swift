import Architecture
import Torch

/// A branched network made executable: blocks at full resolution, each of which reads some before it.
struct BranchedNetwork: Module {
  private let layers: [BranchedLayerModule]
  private let head: SegmentationHead

  /// - Parameter inputs: The channels of the image.
  init(
    _ genotype: BranchedGenotype, inputs: Int, classes: Int,
    using generator: inout some RandomNumberGenerator
  ) throws(TorchError) {
    var channels = [inputs]
    var layers: [BranchedLayerModule] = []
    for layer in genotype.layers {
      layers.append(
        try BranchedLayerModule(
          layer, reading: layer.sources.map { channels[$0] }, using: &generator))
      channels.append(layer.channels)
    }
    self.layers = layers
    head = try SegmentationHead(
      channels: channels[channels.count - 1], classes: classes, using: &generator)
  }

  /// The logits `[batch, classes, depth, height, width]` of an image `[batch, inputs, depth, height, width]`.
  func callAsFunction(_ image: Tensor) throws(TorchError) -> Tensor {
    var states = [image]
    for layer in layers { states.append(try layer(states)) }
    return try head(states[states.count - 1])
  }

  var children: [(name: String, module: any Module)] {
    layers.enumerated().map { (name: "layer\($0 + 1)", module: $1 as any Module) }
      + [(name: "head", module: head)]
  }
}

/// Joins what a layer reads and convolves it.
private struct BranchedLayerModule: Module {
  private let sources: [Int]
  private let merge: Merge

  /// Per source what widens it for a sum; `nil` where it is as wide as the widest.
  private let widenings: [Convolution3D?]
  private let block: ConvolutionBlock

  /// - Parameter channels: Those of each source.
  init(
    _ layer: BranchedLayer, reading channels: [Int],
    using generator: inout some RandomNumberGenerator
  ) throws(TorchError) {
    sources = layer.sources
    merge = layer.merge
    let widest = channels.max() ?? 0
    var widenings: [Convolution3D?] = []
    for count in channels {
      widenings.append(
        layer.merge == .concatenate || count == widest
          ? nil
          : try Convolution3D(
            inChannels: count, outChannels: widest, kernel: [1, 1, 1], using: &generator))
    }
    self.widenings = widenings
    let joined = layer.merge == .concatenate ? channels.reduce(0, +) : widest
    let kernel = [layer.kernel, layer.kernel, layer.kernel]
    block = try ConvolutionBlock(
      inChannels: joined, outChannels: layer.channels, kernel: kernel, using: &generator)
  }

  func callAsFunction(_ states: [Tensor]) throws(TorchError) -> Tensor {
    let read = sources.map { states[$0] }
    guard merge == .sum else { return try block(Tensor.concatenated(read, axis: 1)) }
    var total: Tensor?
    for (state, widening) in zip(read, widenings) {
      let part = try widening?(state) ?? state
      total = try total.map { sum throws(TorchError) in try sum + part } ?? part
    }
    guard let total else { preconditionFailure("a layer reads something") }
    return try block(total)
  }

  var children: [(name: String, module: any Module)] {
    zip(sources, widenings).compactMap { source, widening in
      widening.map { (name: "widening\(source)", module: $0 as any Module) }
    } + block.children
  }
}
