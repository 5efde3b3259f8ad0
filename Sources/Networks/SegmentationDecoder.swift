import Architecture
import Torch

/// The decoder and a head on each of its levels: from fused features to logits.
///
/// The heads below the finest serve deep supervision alone.
struct SegmentationDecoder: Module {
  private let decoder: Decoder
  private let heads: [SegmentationHead]

  init(
    topology: Topology, using generator: inout some RandomNumberGenerator
  ) throws(TorchError) {
    decoder = try Decoder(topology: topology, using: &generator)
    var heads: [SegmentationHead] = []
    for level in topology.levels.dropLast() {
      heads.append(
        try SegmentationHead(
          channels: level.channels, classes: topology.classes, using: &generator))
    }
    self.heads = heads
  }

  /// The logits, finest first.
  ///
  /// - Parameters:
  ///   - pyramid: The fused features of every level, finest first.
  ///   - deepSupervision: Whether to give the logits of the coarser levels too.
  func callAsFunction(
    _ pyramid: [Tensor], deepSupervision: Bool
  ) throws(TorchError) -> [Tensor] {
    var logits: [Tensor] = []
    let decoded = try decoder(pyramid)
    for (features, head) in zip(decoded, heads).prefix(deepSupervision ? heads.count : 1) {
      logits.append(try head(features))
    }
    return logits
  }

  var children: [(name: String, module: any Module)] {
    [(name: "decoder", module: decoder)]
      + heads.enumerated().map { (name: "head.level\($0)", module: $1 as any Module) }
  }
}
