import Architecture
import NetworkTestSupport
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

  /// A network in float64 whose weights are made by the formula of the script.
  static func network(_ design: NetworkDesign) throws -> SegmentationNetwork {
    var generator = SplitMix64(seed: 1)
    let network = try SegmentationNetwork(
      design: design, topology: topology, using: &generator)
    try network.fillByName()
    return network
  }

  /// Four patches of two modalities.
  static func patches() throws -> ProxyPatches {
    let voxels = 4 * 4 * 8 * 8
    let classes: [UInt8] = (0..<voxels).map { index in UInt8(index * 7 % 5 % 3) }
    return ProxyPatches(
      inputs: try (0..<2).map { try image($0, [4, 1, 4, 8, 8]) },
      classes: try Tensor(bytes: classes, shape: [4, 4, 8, 8]))
  }
}
