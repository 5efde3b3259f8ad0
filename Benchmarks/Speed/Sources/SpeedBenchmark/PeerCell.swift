import Foundation
import Torch
import Training

/// The peers' search network: three stems, a cell of four nodes in which every node reads all that
/// came before through a mixed operation, and a head; with the peers' weights.
struct PeerCell {
  private static let nodes = 4
  private static let operations = [
    "none", "skip", "conv1", "conv3", "sep3", "dil3", "avg3", "max3",
  ]

  /// One row of scores for every edge; a softmax makes them shares.
  let scores: Tensor
  let weights: [NamedTensor]
  private let stems: [Tensor]
  private let edges: [[Tensor.Candidate]]
  private let head: (weight: Tensor, bias: Tensor)

  init(data: String) throws {
    let path = data + "/init_cell.safetensors"
    let file = try Safetensors(Data(contentsOf: URL(fileURLWithPath: path)), path: path)
    var weights: [NamedTensor] = []
    func weight(_ name: String) throws -> Tensor {
      guard let array = file.arrays[name] else { throw Refusal("\(path) has no '\(name)'") }
      let tensor = try Tensor(array.values, shape: array.shape)
      try tensor.markAsWeight()
      weights.append((name: name, tensor: tensor))
      return tensor
    }
    let stems = try (0..<3).map { try weight("stems.\($0).0.weight") }
    self.stems = stems
    let count = (0..<Self.nodes).reduce(0) { $0 + stems.count + $1 }
    edges = try (0..<count).map { edge in
      try Self.operations.map { name in
        let path = "edges.\(edge).ops.\(name)"
        switch name {
        case "none": return .nothing
        case "skip": return .skip
        case "sep3":
          return .separable(
            depthwise: try weight(path + ".1.weight"), pointwise: try weight(path + ".2.weight"))
        case "dil3": return .convolution(weight: try weight(path + ".1.weight"), dilation: 2)
        case "avg3": return .averagePool
        case "max3": return .maxPool
        default: return .convolution(weight: try weight(path + ".1.weight"))
        }
      }
    }
    head = (weight: try weight("head.weight"), bias: try weight("head.bias"))
    self.weights = weights
    scores = try weight("alpha")
  }

  /// The logits of one image for each modality, `[batch, 1, D, H, W]`.
  func callAsFunction(_ images: [Tensor]) throws -> Tensor {
    var states = try zip(images, stems).map { image, stem in
      try image.convolution(weight: stem, padding: [1, 1, 1]).instanceNormalized(leakySlope: 0.01)
    }
    let shares = try scores.softmax(axis: 1)
    var edge = 0
    for _ in 0..<Self.nodes {
      var node: Tensor?
      for state in states {
        let part = try state.mixed(edges[edge], shares: shares.selected(axis: 0, index: edge))
        node = try node.map { try $0 + part } ?? part
        edge += 1
      }
      guard let node else { throw Refusal("a node reads nothing") }
      states.append(node)
    }
    return try Tensor.concatenated(Array(states.dropFirst(stems.count)), axis: 1)
      .convolution(weight: head.weight, bias: head.bias)
  }
}
