import Architecture
import Foundation
import Networks
import Randomness
import Torch
import Training

/// The peers' three-modality U-Net (nnU-Net's PlainConvUNet) as Chiasm builds it, with their weights.
enum PeerNetwork {
  static func load(data: String) throws -> SegmentationNetwork {
    let levels = [16, 32, 64, 128].enumerated().map { index, channels in
      let stride = index == 0 ? 1 : 2
      return Topology.Level(
        channels: channels, kernel: [3, 3, 3], stride: [stride, stride, stride])
    }
    var generator = SplitMix64(seed: 7)
    let network = try SegmentationNetwork(
      design: .early(["ct", "mri", "ultrasound"]),
      topology: Topology(levels: levels, blocksPerLevel: 2, classes: 4), using: &generator)
    let path = data + "/init_plainconv.safetensors"
    let file = try Safetensors(Data(contentsOf: URL(fileURLWithPath: path)), path: path)
    for (name, tensor) in network.namedWeights {
      guard let array = try file.arrays[peerName(of: name, levels: levels.count)],
        array.shape == tensor.shape
      else { throw Refusal("\(path) has no weights of the shape \(tensor.shape) for '\(name)'") }
      try tensor.copyValues(from: Tensor(array.values, shape: array.shape))
    }
    return network
  }

  /// What nnU-Net calls a weight. Its decoder counts from the lowest level up.
  private static func peerName(of name: String, levels: Int) throws -> String {
    let parts = name.split(separator: ".").map(String.init)
    guard let place = parts.first(where: { $0.hasPrefix("level") }),
      let level = Int(place.dropFirst("level".count)), let kind = parts.last
    else { throw Refusal("the weight '\(name)' is on no level") }
    let step = levels - 2 - level
    let leaf = kind == "scale" ? "weight" : kind == "shift" ? "bias" : kind
    if parts[0] == "head" { return "decoder.seg_layers.\(step).\(leaf)" }
    if parts.contains("upsampling") { return "decoder.transpconvs.\(step).\(leaf)" }
    guard let unit = parts.first(where: { $0.hasPrefix("block") }),
      let block = Int(unit.dropFirst("block".count))
    else { throw Refusal("the weight '\(name)' is in no block") }
    let stage = parts[0] == "encoder" ? "encoder.stages.\(level).0" : "decoder.stages.\(step)"
    let layer = parts.contains("convolution") ? "conv" : "norm"
    return "\(stage).convs.\(block).\(layer).\(leaf)"
  }
}
