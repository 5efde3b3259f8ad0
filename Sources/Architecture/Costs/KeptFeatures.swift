/// Adds up the numbers of one patch that a forward pass leaves for the backward pass.
///
/// A feature map is kept where a layer behind it needs it for its gradient: convolutions and products need
/// what they read, a normalisation what it normalises, a sum nothing. Channels count in blocks of eight, as
/// the kernels keep them, but for what goes through libtorch's own operators, which is plain.
struct KeptFeatures {
  /// What is kept until the backward pass comes by.
  private(set) var floats = 0.0

  /// The most that there is beside it for a moment.
  private(set) var passing = 0.0

  mutating func keep(_ floats: Double) { self.floats += floats }

  /// Some floats that are needed for a moment at the beginning of the backward pass.
  mutating func pass(_ floats: Double) { passing = max(passing, floats) }

  /// A convolution with normalisation and activation in one pass: its output before and behind them.
  mutating func keepBlocks(_ count: Int, channels: Int, voxels: Double) {
    keep(2 * Double(count) * FeatureMemory.blocked(channels) * voxels)
  }

  /// The images of so many modalities, each read by an encoder of its own or all by one.
  mutating func keepImages(_ count: Int, together: Bool, voxels: Double) {
    keep(Double(count) * voxels)
    keep(
      (together ? FeatureMemory.blocked(count) : Double(count) * FeatureMemory.blocked(1)) * voxels)
  }

  /// Logits in order, of which the loss keeps the slopes too.
  mutating func keepLogits(classes: Int, voxels: Double) { keep(2 * Double(classes) * voxels) }

  /// The gradients of features, of what was behind them and of what was before them.
  mutating func passGradients(channels: Int, voxels: Double) {
    pass(3 * FeatureMemory.blocked(channels) * voxels)
  }
}

extension KeptFeatures {
  /// Encoders, cells, decoder and heads.
  mutating func addPyramid(
    _ design: NetworkDesign, topology: Topology, under conditions: TrainingMemory.Conditions
  ) {
    let shapes = topology.reducedGrids(conditions.patch)
    let voxels = shapes.map { $0.reduce(1.0) { $0 * Double($1) } }
    let depth = topology.levels.count
    switch design {
    case .single, .early, .chain, .branched:
      keepImages(design.modalities.count, together: true, voxels: voxels[0])
      addEncoder(depth: depth, topology: topology, voxels: voxels)
    case .fused(let genotype):
      for index in genotype.modalities.indices {
        let read = genotype.depth(ofModality: index, levels: depth)
        keepImages(1, together: false, voxels: voxels[0])
        addEncoder(depth: read, topology: topology, voxels: voxels)
      }
      for (index, level) in topology.levels.enumerated() {
        let cell = genotype.cell(atLevel: index, of: depth)
        addCell(
          cell, channels: level.channels, voxels: voxels[index],
          windowed: FeatureMemory.windowed(shapes[index]))
      }
    }
    addDecoder(topology: topology, voxels: voxels, heads: conditions.deepSupervision)
  }

  private mutating func addEncoder(depth: Int, topology: Topology, voxels: [Double]) {
    for (level, voxels) in zip(topology.levels, voxels).prefix(depth) {
      keepBlocks(topology.blocksPerLevel, channels: level.channels, voxels: voxels)
    }
  }

  private mutating func addDecoder(topology: Topology, voxels: [Double], heads: Bool) {
    for (index, level) in topology.levels.enumerated().dropLast() {
      keep(FeatureMemory.blocked(2 * level.channels) * voxels[index])
      keepBlocks(topology.blocksPerLevel, channels: level.channels, voxels: voxels[index])
      if index == 0 || heads { keepLogits(classes: topology.classes, voxels: voxels[index]) }
      passGradients(channels: level.channels, voxels: voxels[index])
    }
  }

  /// - Parameter windowed: The voxels of the windows of attention that the grid fills.
  private mutating func addCell(
    _ cell: CellGenotype, channels: Int, voxels: Double, windowed: Double
  ) {
    let blocked = FeatureMemory.blocked(channels) * voxels
    let plain = Double(channels) * voxels
    let scores = Double(Combination.attentionWindowVoxels) * windowed
    for node in cell.nodes {
      for edge in node.edges {
        keep(edge.operation.kept(blocked: blocked, plain: plain, scores: scores))
        if edge.operation == .crossModalAttention { pass(2 * scores) }
      }
      // What an edge passes on unchanged is kept by whatever made it.
      let changed = Double(node.edges.count { $0.operation != .skip })
      guard node.edges.count > 1 else { continue }
      let edges = Double(node.edges.count)
      switch node.combination {
      case .sum, .mean: break
      case .concatenate: keep((edges + 1) * blocked)
      case .gated: keep((edges + changed) * blocked + 2 * edges * voxels)
      case .meanVariance: keep((edges + 3) * blocked)
      case .attention:
        keep((changed + 2) * blocked + (2 * edges + 2) * plain + edges * scores)
        pass(2 * edges * scores)
      case .bilinear:
        keep(changed * blocked + blocked)
        keep((2 * edges - 2) * Double(Combination.bilinearRank) * plain)
      }
    }
  }
}

extension Operation {
  /// What a layer keeps of one patch, beside what it reads.
  ///
  /// - Parameters:
  ///   - blocked: The numbers of its features in blocks.
  ///   - plain: Those without spare channels.
  ///   - scores: One score for every voxel of its window and every voxel.
  fileprivate func kept(blocked: Double, plain: Double, scores: Double) -> Double {
    switch self {
    case .skip, .averagePool3: 0
    case .convolution1, .convolution3, .convolution5, .dilated3: blocked
    case .separable3: 2 * blocked
    // A byte per number says which of its neighbours is the largest.
    case .maxPool3: blocked / 4
    case .channelAttention: plain
    // What else the node reads, what is gathered and what is made of it, and both that the gate reads; queries,
    // keys, values and the gate.
    case .crossModalAttention: 5 * blocked + 4 * plain + scores
    }
  }
}
