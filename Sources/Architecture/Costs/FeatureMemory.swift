/// How many numbers a network holds at once while it computes without gradients, worked out without
/// building it.
///
/// Features that a later part reads are held until then; a convolution block holds its input, the
/// convolution's output and the normalised one. Channels count in blocks of eight, as the kernels
/// keep them.
public enum FeatureMemory {
  /// The largest number of float32 values held at once in one forward pass of one patch.
  ///
  /// - Parameter patch: Depth, height and width in voxels; a multiple of the topology's reduction.
  /// - Precondition: A fused design has a cell for every level.
  public static func floats(
    of design: NetworkDesign, topology: Topology, patch: [Int]
  ) -> Double {
    switch design {
    case .chain(let names, let genotype):
      return genotype.floats(inputs: names.count, classes: topology.classes, patch: patch)
    case .branched(let names, let genotype):
      return genotype.floats(inputs: names.count, classes: topology.classes, patch: patch)
    case .fused, .early, .single:
      return floats(ofPyramid: design, topology: topology, patch: patch)
    }
  }

  private static func floats(
    ofPyramid design: NetworkDesign, topology: Topology, patch: [Int]
  ) -> Double {
    var tally = FeatureTally()
    let shapes = topology.reducedGrids(patch)
    let grids = shapes.map { $0.reduce(1.0) { $0 * Double($1) } }
    let depth = topology.levels.count
    tally.hold(Double(design.modalities.count) * grids[0])
    switch design {
    case .single, .chain, .branched:
      tally.encode(depth: depth, topology: topology, voxels: grids)
    case .early(let names):
      // The images side by side as one tensor, and in blocks.
      tally.hold(Double(names.count) * grids[0] + blocked(names.count) * grids[0])
      tally.encode(depth: depth, topology: topology, voxels: grids)
    case .fused(let genotype):
      for index in genotype.modalities.indices {
        let read = genotype.depth(ofModality: index, levels: depth)
        tally.encode(depth: read, topology: topology, voxels: grids)
      }
      for (index, level) in topology.levels.enumerated() {
        let cell = genotype.cell(atLevel: index, of: depth)
        tally.fuse(
          cell, floats: blocked(level.channels) * grids[index], voxels: windowed(shapes[index]))
      }
    }
    tally.decode(topology: topology, voxels: grids)
    return tally.peak
  }

  /// The voxels of a grid that is filled up to whole windows of attention.
  static func windowed(_ grid: [Int]) -> Double {
    let edge = Combination.attentionWindow
    return grid.reduce(1.0) { $0 * Double(($1 + edge - 1) / edge * edge) }
  }

  /// The channels that so many take up.
  static func blocked(_ channels: Int) -> Double { Double((channels + 7) / 8 * 8) }
}

extension FeatureTally {
  fileprivate mutating func encode(depth: Int, topology: Topology, voxels: [Double]) {
    for (level, voxels) in zip(topology.levels, voxels).prefix(depth) {
      stage(
        blocks: topology.blocksPerLevel, floats: FeatureMemory.blocked(level.channels) * voxels)
    }
  }

  /// What joining the edges of a node holds beside them, in feature maps.
  ///
  /// - Parameter voxelsPerFloat: The voxels over the numbers of a feature map.
  private static func joining(_ node: Node, voxelsPerFloat: Double) -> Double {
    let edges = Double(node.edges.count)
    switch node.combination {
    case .concatenate, .sum, .gated, .mean:
      // The edges side by side, and what is made of them.
      return edges + 2
    case .meanVariance:
      // The mean, a difference and its square, the sum of squares; then two side by side and the block.
      return 6
    case .attention:
      // Queries, keys and values as maps and as windows, and each voxel's scores before and after
      // their softmax.
      let window = Double(Combination.attentionWindow)
      let scores = 2 * edges * window * window * window * voxelsPerFloat
      return 2 * (2 * edges + 2) + scores
    case .bilinear:
      // The product so far, the next factor and the next product.
      return 3 * Double(Combination.bilinearRank) + 2
    }
  }

  /// A cell whose inputs, nodes and output all have so many numbers.
  ///
  /// - Parameter voxels: Those of the windows of attention that they fill.
  fileprivate mutating func fuse(_ cell: CellGenotype, floats: Double, voxels: Double) {
    for node in cell.nodes {
      var edges = 0.0
      for edge in node.edges where edge.operation != .skip {
        // No operation makes more than two feature maps on the way to its result, but for attention.
        touch(3 * floats)
        if edge.operation == .crossModalAttention {
          touch(10 * floats + 2 * Double(Combination.attentionWindowVoxels) * voxels)
        }
        hold(floats)
        edges += floats
      }
      if node.edges.count > 1 {
        touch(floats * Self.joining(node, voxelsPerFloat: voxels / floats))
      }
      release(edges)
      hold(floats)
    }
    release(Double(cell.nodes.count - 1) * floats)
  }

  fileprivate mutating func decode(topology: Topology, voxels: [Double]) {
    for (index, level) in topology.levels.enumerated().dropLast().reversed() {
      let floats = FeatureMemory.blocked(level.channels) * voxels[index]
      touch(3 * floats)
      hold(2 * floats)
      stage(blocks: topology.blocksPerLevel, floats: floats)
      release(2 * floats)
    }
    touchLogits(classes: topology.classes, voxels: voxels[0])
  }
}
