/// What a network costs, worked out without building it.
public struct Cost: Hashable, Codable, Sendable {
  /// The number of weights that training changes.
  public let parameters: Int

  /// The multiplications with addition of all convolutions, and of attention's matrix products, in one
  /// forward pass of one patch at full resolution; normalisation, activations, sums and products of
  /// features are not counted.
  public let multiplyAdds: Double

  public init(parameters: Int, multiplyAdds: Double) {
    self.parameters = parameters
    self.multiplyAdds = multiplyAdds
  }

  /// The cost of a design.
  ///
  /// - Parameters:
  ///   - topology: Of a chain or a branched network it says the number of classes alone.
  ///   - patch: Depth, height and width in voxels; for designs on levels a multiple of the topology's
  ///     reduction.
  /// - Precondition: A fused design has a cell for every level.
  public static func of(_ design: NetworkDesign, topology: Topology, patch: [Int]) -> Cost {
    switch design {
    case .chain(let names, let genotype):
      return genotype.cost(inputs: names.count, classes: topology.classes, patch: patch)
    case .branched(let names, let genotype):
      return genotype.cost(inputs: names.count, classes: topology.classes, patch: patch)
    case .fused, .early, .single:
      return of(pyramid: design, topology: topology, patch: patch)
    }
  }

  private static func of(pyramid design: NetworkDesign, topology: Topology, patch: [Int]) -> Cost {
    var count = CostCount()
    let shapes = topology.reducedGrids(patch)
    let grids = shapes.map { $0.reduce(1, *) }
    let depth = topology.levels.count
    switch design {
    case .single, .chain, .branched:
      count.addEncoder(inputs: 1, depth: depth, topology: topology, voxels: grids)
    case .early(let names):
      count.addEncoder(inputs: names.count, depth: depth, topology: topology, voxels: grids)
    case .fused(let genotype):
      for index in genotype.modalities.indices {
        let read = genotype.depth(ofModality: index, levels: depth)
        count.addEncoder(inputs: 1, depth: read, topology: topology, voxels: grids)
      }
      for (index, level) in topology.levels.enumerated() {
        let cell = genotype.cell(atLevel: index, of: depth)
        count.addCell(cell, channels: level.channels, grid: shapes[index])
      }
    }
    count.addDecoder(topology: topology, voxels: grids)
    return Cost(parameters: count.parameters, multiplyAdds: count.multiplyAdds)
  }
}
