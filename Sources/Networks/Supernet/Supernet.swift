public import Architecture
public import Torch

/// All networks of a fusion cell space at once, with weights that they share.
///
/// Encoders, decoder and heads are those of a ``SegmentationNetwork``; on every level there is a
/// ``SuperCell``. Levels that share a cell still have weights of their own.
///
/// Source: the one-shot model of G. Bender et al., "Understanding and Simplifying One-Shot Architecture
/// Search", ICML 2018.
public struct Supernet: Module {
  public let space: FusionCellSpace
  public let topology: Topology

  /// One per modality, all as deep as the pyramid.
  private let encoders: [Encoder]
  private let cells: [SuperCell]
  private let output: SegmentationDecoder

  /// Builds a supernet with random weights.
  ///
  /// - Parameter partialChannels: Of how many channels of an edge one goes through the operations. Only
  ///   with 1 is a path through it a network of the space.
  /// - Throws: `TorchError` when memory runs out, the space is of another number of levels, or its
  ///   cells may be coordinated.
  public init(
    space: FusionCellSpace, topology: Topology, partialChannels: Int = 1,
    using generator: inout some RandomNumberGenerator
  ) throws(TorchError) {
    guard space.levels == topology.levels.count else {
      throw TorchError(
        operation: "building a supernet",
        reason: "the space has \(space.levels) levels, the topology \(topology.levels.count)")
    }
    guard space.vocabulary.representations == [.joint] else {
      throw TorchError(
        operation: "building a supernet",
        reason: "coordinated cells have no shared form; let \"representations\" be [\"joint\"]")
    }
    self.space = space
    self.topology = topology
    var encoders: [Encoder] = []
    for _ in space.modalities {
      encoders.append(try Encoder(inChannels: 1, topology: topology, using: &generator))
    }
    self.encoders = encoders
    var cells: [SuperCell] = []
    for level in topology.levels {
      cells.append(
        try SuperCell(
          inputs: space.modalities.count, nodes: space.nodes.upperBound,
          vocabulary: space.vocabulary, channels: level.channels,
          partialChannels: partialChannels, using: &generator))
    }
    self.cells = cells
    output = try SegmentationDecoder(topology: topology, using: &generator)
  }

  /// The logits that a network of the space with these weights gives.
  ///
  /// - Parameters:
  ///   - inputs: One tensor `[batch, 1, depth, height, width]` per modality of the space.
  ///   - genotype: A network of the space.
  ///   - deepSupervision: Whether to give the logits of the coarser levels too.
  public func callAsFunction(
    _ inputs: [Tensor], along genotype: Genotype, deepSupervision: Bool = false
  ) throws(TorchError) -> [Tensor] {
    precondition(space.contains(genotype), "the space does not contain \(genotype)")
    let levels = topology.levels.count
    let selections = (0..<levels).map { level in
      genotype.cell(atLevel: level, of: levels)
        .selections(nodes: space.nodes.upperBound, of: space.vocabulary)
    }
    let depths = space.modalities.indices.map { genotype.depth(ofModality: $0, levels: levels) }
    return try logits(inputs, depths, selections, deepSupervision: deepSupervision)
  }

  /// The logits of a mixture of all networks of the space.
  ///
  /// - Parameter selections: What every node does, for the space's cells one after the other: for one
  ///   that all levels share, or for each level.
  public func callAsFunction(
    _ inputs: [Tensor], mixing selections: [[NodeSelection?]], deepSupervision: Bool = false
  ) throws(TorchError) -> [Tensor] {
    precondition(
      selections.count == space.cellCount, "\(selections.count) cells of \(space.cellCount)")
    let perLevel = topology.levels.indices.map { selections[selections.count == 1 ? 0 : $0] }
    let depths = space.modalities.map { _ in topology.levels.count }
    return try logits(inputs, depths, perLevel, deepSupervision: deepSupervision)
  }

  private func logits(
    _ inputs: [Tensor], _ depths: [Int], _ selections: [[NodeSelection?]], deepSupervision: Bool
  ) throws(TorchError) -> [Tensor] {
    precondition(
      inputs.count == encoders.count, "\(inputs.count) inputs for \(space.modalities)")
    var pyramids: [[Tensor]] = []
    for ((encoder, image), depth) in zip(zip(encoders, inputs), depths) {
      pyramids.append(try encoder(image, depth: depth))
    }
    var fused: [Tensor] = []
    for (level, cell) in cells.enumerated() {
      fused.append(
        try cell(
          pyramids.map { level < $0.count ? $0[level] : nil }, selecting: selections[level]))
    }
    return try output(fused, deepSupervision: deepSupervision)
  }

  /// Copies this supernet's weights into a network of the space.
  ///
  /// - Precondition: The network's design is a genotype of the space, on the same topology.
  public func copyWeights(to network: SegmentationNetwork) throws(TorchError) {
    guard case .fused(let genotype) = network.design, space.contains(genotype) else {
      preconditionFailure("the space does not contain \(network.design)")
    }
    var inherited = Dictionary(
      uniqueKeysWithValues: namedWeights.lazy.filter { !$0.name.hasPrefix("fusion.") }
        .map { ($0.name, $0.tensor) })
    for (level, cell) in cells.enumerated() {
      for (name, tensor) in try cell.weights(
        of: genotype.cell(atLevel: level, of: topology.levels.count))
      {
        inherited["fusion.level\(level).\(name)"] = tensor
      }
    }
    for (name, tensor) in network.namedWeights {
      guard let source = inherited[name] else {
        throw TorchError(
          operation: "copying a supernet's weights", reason: "the supernet has no '\(name)'")
      }
      try tensor.copyValues(from: source)
    }
  }

  public var children: [(name: String, module: any Module)] {
    zip(space.modalities, encoders).map { (name: "encoder.\($0)", module: $1 as any Module) }
      + cells.enumerated().map { (name: "fusion.level\($0)", module: $1 as any Module) }
      + output.children
  }
}
