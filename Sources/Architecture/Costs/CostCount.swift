/// Adds up weights and multiply-adds, part by part of a network.
struct CostCount {
  private(set) var parameters = 0
  private(set) var multiplyAdds = 0.0

  /// A convolution; `voxels` are those of its output.
  mutating func addConvolution(
    from inputs: Int, to outputs: Int, kernel: [Int], voxels: Int, groups: Int = 1,
    bias: Bool = true
  ) {
    let taps = kernel.reduce(1, *) * inputs / groups * outputs
    parameters += taps + (bias ? outputs : 0)
    multiplyAdds += Double(taps) * Double(voxels)
  }

  /// A transposed convolution whose kernel is its stride; `voxels` are those of its output, each of which
  /// one tap per channel touches.
  mutating func addUpsampling(from inputs: Int, to outputs: Int, stride: [Int], voxels: Int) {
    parameters += inputs * outputs * stride.reduce(1, *) + outputs
    multiplyAdds += Double(inputs * outputs) * Double(voxels)
  }

  /// What a normalisation learns.
  mutating func add(_ normalization: FeatureNormalization, channels: Int) {
    parameters += normalization.parameters(channels: channels)
  }

  /// A convolution with instance normalisation, which has a scale and a shift per channel.
  mutating func addBlock(from inputs: Int, to outputs: Int, kernel: [Int], voxels: Int) {
    addConvolution(from: inputs, to: outputs, kernel: kernel, voxels: voxels)
    add(.instance, channels: outputs)
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

  mutating func addCell(_ cell: CellGenotype, channels: Int, grid: [Int]) {
    for node in cell.nodes {
      for edge in node.edges { add(edge.operation, channels: channels, grid: grid) }
      if node.edges.count > 1 {
        add(node.combination, edges: node.edges.count, channels: channels, grid: grid)
      }
    }
  }

  /// What joins two edges or more.
  mutating func add(_ combination: Combination, edges: Int, channels: Int, grid: [Int]) {
    let voxels = grid.reduce(1, *)
    let kernel = [1, 1, 1]
    switch combination {
    case .sum, .mean: break
    case .concatenate:
      addBlock(from: edges * channels, to: channels, kernel: kernel, voxels: voxels)
    case .gated:
      addConvolution(from: edges * channels, to: edges, kernel: kernel, voxels: voxels)
    case .meanVariance:
      addBlock(from: 2 * channels, to: channels, kernel: kernel, voxels: voxels)
    case .attention:
      // One query, a key and a value per edge, and what is made of the gathered values.
      for _ in 0..<(2 * edges + 2) {
        addConvolution(from: channels, to: channels, kernel: kernel, voxels: voxels)
      }
      addAttention(reading: edges, channels: channels, grid: grid)
    case .bilinear:
      for _ in 0..<edges {
        addConvolution(
          from: channels, to: Combination.bilinearRank * channels, kernel: kernel, voxels: voxels)
      }
      parameters += 2 * channels
    }
  }

  /// What an edge does to so many channels.
  mutating func add(_ operation: Operation, channels: Int, grid: [Int]) {
    let voxels = grid.reduce(1, *)
    func cube(_ edge: Int) -> [Int] { [edge, edge, edge] }
    switch operation {
    case .skip, .averagePool3, .maxPool3:
      break
    case .convolution1:
      addBlock(from: channels, to: channels, kernel: cube(1), voxels: voxels)
    case .convolution3, .dilated3:
      addBlock(from: channels, to: channels, kernel: cube(3), voxels: voxels)
    case .convolution5:
      addBlock(from: channels, to: channels, kernel: cube(5), voxels: voxels)
    case .separable3:
      addConvolution(
        from: channels, to: channels, kernel: cube(3), voxels: voxels, groups: channels,
        bias: false)
      addBlock(from: channels, to: channels, kernel: cube(1), voxels: voxels)
    case .channelAttention:
      let squeezed = Operation.squeezedChannels(of: channels)
      addConvolution(from: channels, to: squeezed, kernel: cube(1), voxels: 1)
      addConvolution(from: squeezed, to: channels, kernel: cube(1), voxels: 1)
    case .crossModalAttention:
      // A query, a key, a value, what is made of the gathered values, and the gate of both.
      for _ in 0..<4 {
        addConvolution(from: channels, to: channels, kernel: cube(1), voxels: voxels)
      }
      addConvolution(from: 2 * channels, to: channels, kernel: cube(1), voxels: voxels)
      addAttention(reading: 1, channels: channels, grid: grid)
    }
  }

  /// The matrix products of attention to so many feature maps in windows.
  private mutating func addAttention(reading maps: Int, channels: Int, grid: [Int]) {
    let window = Combination.attentionWindow
    let padded = grid.reduce(1) { $0 * (($1 + window - 1) / window) * window }
    let read = maps * window * window * window
    multiplyAdds += 2 * Double(padded) * Double(read) * Double(channels)
  }

  /// The decoder and its heads; only the finest head runs when a patch is segmented.
  mutating func addDecoder(topology: Topology, voxels: [Int]) {
    for (index, level) in topology.levels.enumerated().dropLast() {
      let below = topology.levels[index + 1]
      addUpsampling(
        from: below.channels, to: level.channels, stride: below.stride, voxels: voxels[index])
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
