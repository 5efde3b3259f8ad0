import Architecture
import Torch

/// Builds the parts of a network that a design decides on.
extension PyramidNetwork {
  static func makeEncoders(
    _ design: NetworkDesign, _ topology: Topology,
    using generator: inout some RandomNumberGenerator
  ) throws(TorchError) -> [Encoder?] {
    guard case .fused(let genotype) = design else {
      let channels = design.modalities.count
      return [try Encoder(inChannels: channels, topology: topology, using: &generator)]
    }
    var encoders: [Encoder?] = []
    for index in genotype.modalities.indices {
      let depth = genotype.depth(ofModality: index, levels: topology.levels.count)
      encoders.append(
        depth == 0
          ? nil
          : try Encoder(inChannels: 1, topology: topology, depth: depth, using: &generator))
    }
    return encoders
  }

  static func makeCells(
    _ design: NetworkDesign, _ topology: Topology,
    using generator: inout some RandomNumberGenerator
  ) throws(TorchError) -> [FusionCell] {
    guard case .fused(let genotype) = design else { return [] }
    var cells: [FusionCell] = []
    for (index, level) in topology.levels.enumerated() {
      let cell = genotype.cell(atLevel: index, of: topology.levels.count)
      cells.append(try FusionCell(cell: cell, channels: level.channels, using: &generator))
    }
    return cells
  }
}
