/// What a network costs, worked out without building it.
public struct Cost: Hashable, Codable, Sendable {
  /// The number of weights that training changes.
  public let parameters: Int

  /// The multiplications with addition of all convolutions in one forward pass of one patch at full
  /// resolution; normalisation, activations and sums are not counted.
  public let multiplyAdds: Double

  /// The numbers that all convolutions put out in one forward pass of one patch, of which a training
  /// keeps every one, in four bytes; `nil` where it has not been worked out.
  public let activations: Double?

  public init(parameters: Int, multiplyAdds: Double, activations: Double? = nil) {
    self.parameters = parameters
    self.multiplyAdds = multiplyAdds
    self.activations = activations
  }

  /// The cost of a design.
  ///
  /// - Parameters:
  ///   - patch: Depth, height and width in voxels; a multiple of the topology's reduction.
  /// - Precondition: A fused design has a cell for every level.
  public static func of(_ design: NetworkDesign, topology: Topology, patch: [Int]) -> Cost {
    var count = CostCount()
    let grids = topology.reducedGrids(patch).map { $0.reduce(1, *) }
    let depth = topology.levels.count
    switch design {
    case .single:
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
        count.addCell(cell, channels: level.channels, voxels: grids[index])
      }
    }
    count.addDecoder(topology: topology, voxels: grids)
    return Cost(parameters: count.parameters, multiplyAdds: count.multiplyAdds)
  }
}

/// Adds up weights and multiply-adds, part by part of the network.
private struct CostCount {
  var parameters = 0
  var multiplyAdds = 0.0

  /// A convolution with a bias; `voxels` are those of its output.
  mutating func addConvolution(from inputs: Int, to outputs: Int, kernel: [Int], voxels: Int) {
    let taps = kernel.reduce(1, *) * inputs * outputs
    parameters += taps + outputs
    multiplyAdds += Double(taps) * Double(voxels)
  }

  /// A convolution with instance normalisation, which has a scale and a shift per channel.
  mutating func addBlock(from inputs: Int, to outputs: Int, kernel: [Int], voxels: Int) {
    addConvolution(from: inputs, to: outputs, kernel: kernel, voxels: voxels)
    parameters += 2 * outputs
  }

  mutating func addEncoder(inputs: Int, depth: Int, topology: Topology, voxels: [Int]) {
    var before = inputs
    for (level, voxels) in zip(topology.levels, voxels).prefix(depth) {
      for _ in 0..<topology.blocksPerLevel {
        addBlock(from: before, to: level.channels, kernel: level.kernel, voxels: voxels)
        before = level.channels
      }
    }
  }

  mutating func addCell(_ cell: CellGenotype, channels: Int, voxels: Int) {
    for node in cell.nodes {
      for edge in node.edges {
        guard let size = edge.operation.kernelEdge else { continue }
        let kernel = [size, size, size]
        addBlock(from: channels, to: channels, kernel: kernel, voxels: voxels)
      }
      let edges = node.edges.count
      guard edges > 1 else { continue }
      let joined = edges * channels
      switch node.combination {
      case .sum: break
      case .concatenate:
        addBlock(from: joined, to: channels, kernel: [1, 1, 1], voxels: voxels)
      case .gated:
        addConvolution(from: joined, to: edges, kernel: [1, 1, 1], voxels: voxels)
      }
    }
  }

  /// The decoder and its heads; only the finest head runs when a patch is segmented.
  mutating func addDecoder(topology: Topology, voxels: [Int]) {
    for (index, level) in topology.levels.enumerated().dropLast() {
      let below = topology.levels[index + 1]
      // Kernel and stride are equal, so every output voxel is touched by one tap per channel.
      let taps = below.channels * level.channels
      parameters += taps * below.stride.reduce(1, *) + level.channels
      multiplyAdds += Double(taps) * Double(voxels[index])
      var before = 2 * level.channels
      for _ in 0..<topology.blocksPerLevel {
        addBlock(from: before, to: level.channels, kernel: level.kernel, voxels: voxels[index])
        before = level.channels
      }
      addConvolution(
        from: level.channels, to: topology.classes, kernel: [1, 1, 1],
        voxels: index == 0 ? voxels[index] : 0)
    }
  }
}
