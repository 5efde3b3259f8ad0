import Architecture
import Foundation
import Networks
import Randomness
import Torch

@testable import Search

/// The networks and patches of Tests/Reference/proxy_values.py.
enum ProxyNetworks {
  static let topology = Topology(
    levels: [
      Topology.Level(channels: 2, kernel: [1, 3, 3], stride: [1, 1, 1]),
      Topology.Level(channels: 3, kernel: [3, 3, 3], stride: [1, 2, 2]),
      Topology.Level(channels: 4, kernel: [3, 3, 3], stride: [2, 2, 2]),
    ], blocksPerLevel: 2, classes: 3)

  static let early = NetworkDesign.early(["ct", "mri"])

  /// `gated(conv3(ct), skip(mri))`, two nodes, the identity of CT.
  static func fused() throws -> NetworkDesign {
    func edge(_ source: Int, _ operation: Architecture.Operation) -> Edge {
      Edge(source: source, operation: operation)
    }
    let gated = Node(combination: .gated, edges: [edge(0, .convolution3), edge(1, .skip)])
    let first = Node(combination: .sum, edges: [edge(0, .skip), edge(1, .convolution1)])
    let second = Node(
      combination: .concatenate, edges: [edge(1, .convolution1), edge(2, .convolution3)])
    return .fused(
      try Genotype(
        modalities: ["ct", "mri"],
        cells: [
          CellGenotype(inputs: 2, nodes: [gated]), CellGenotype(inputs: 2, nodes: [first, second]),
          .identity(ofInput: 0, inputs: 2),
        ]))
  }

  /// A network in float64 whose weights are made by the formula of the script.
  static func network(_ design: NetworkDesign) throws -> SegmentationNetwork {
    var generator = SplitMix64(seed: 1)
    let network = try SegmentationNetwork(
      design: design, topology: topology, using: &generator)
    try network.moveWeights(to: .cpu, type: .float64)
    for (name, tensor) in network.namedWeights {
      let phase = Double(name.utf8.reduce(0) { $0 + Int($1) })
      let offset = name.hasSuffix("scale") ? 1.0 : 0
      let values = (0..<tensor.elementCount).map { offset + 0.4 * sin(phase + 0.37 * Double($0)) }
      try tensor.copyValues(from: try Tensor(values, shape: tensor.shape))
    }
    return network
  }

  /// Four patches of two modalities.
  static func patches() throws -> ProxyPatches {
    let shape = [4, 1, 4, 8, 8]
    let count = shape.reduce(1, *)
    let inputs = try (0..<2).map { number in
      let values = (0..<count).map { sin(0.13 * Double($0) + Double(number)) }
      return try Tensor(values, shape: shape)
    }
    let classes = (0..<count).map { UInt8($0 * 7 % 5 % 3) }
    return ProxyPatches(
      inputs: inputs, classes: try Tensor(bytes: classes, shape: [4, 4, 8, 8]))
  }
}
