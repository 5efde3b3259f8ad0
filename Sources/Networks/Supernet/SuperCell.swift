public import Architecture
public import Torch

/// All fusion cells of a space on one level, with weights that they share.
///
/// Every node can read every input and every node before it; the last one is the output.
public struct SuperCell: Module {
  /// The number of modalities.
  public let inputs: Int

  public let vocabulary: CellVocabulary
  private let nodes: [SuperNode]

  /// - Parameters:
  ///   - nodes: The most nodes of a cell.
  ///   - channels: The channels of every input, of every node and of the output.
  ///   - partialChannels: Of how many channels one goes through the operations; the others pass by.
  public init(
    inputs: Int, nodes count: Int, vocabulary: CellVocabulary, channels: Int,
    partialChannels: Int = 1, using generator: inout some RandomNumberGenerator
  ) throws(TorchError) {
    self.inputs = inputs
    self.vocabulary = vocabulary
    var nodes: [SuperNode] = []
    for place in 0..<count {
      nodes.append(
        try SuperNode(
          states: inputs + place, vocabulary: vocabulary, channels: channels,
          partialChannels: partialChannels, using: &generator))
    }
    self.nodes = nodes
  }

  /// The number of nodes.
  public var nodeCount: Int { nodes.count }

  /// Fuses one feature map per modality into one.
  ///
  /// - Parameters:
  ///   - features: One tensor per input; `nil` where no selected node reads it.
  ///   - selections: What each node does; `nil` for one that is left out.
  /// - Precondition: The last node is selected, and every state that is read is there.
  public func callAsFunction(
    _ features: [Tensor?], selecting selections: [NodeSelection?]
  ) throws(TorchError) -> Tensor {
    precondition(
      features.count == inputs && selections.count == nodes.count,
      "\(features.count) inputs and \(selections.count) nodes of \(inputs) and \(nodes.count)")
    var states = features
    for (node, selection) in zip(nodes, selections) {
      guard let selection else {
        states.append(nil)
        continue
      }
      states.append(try node(states, selecting: selection))
    }
    guard let output = states[states.count - 1] else {
      preconditionFailure("the output of a cell reads something")
    }
    return output
  }

  /// The weights of one cell of the space, by the names that they have in a ``FusionCell``.
  func weights(
    of cell: CellGenotype
  ) throws(TorchError) -> [(name: String, tensor: Tensor)] {
    var weights: [(name: String, tensor: Tensor)] = []
    for (number, node) in cell.nodes.enumerated() {
      let place = cell.place(ofNode: number, of: nodes.count)
      for weight in try nodes[place].weights(of: node) {
        weights.append((name: "node\(number).\(weight.name)", tensor: weight.tensor))
      }
    }
    return weights
  }

  public var children: [(name: String, module: any Module)] {
    nodes.enumerated().map { (name: "node\($0)", module: $1) }
  }
}

/// One node of a supernet's cell: a mixed operation per earlier state, and all ways to join them.
private struct SuperNode: Module {
  private let edges: [PartialEdge]

  /// Whether an operation looks at what else the node reads.
  private let isContextual: Bool
  private let combinations: [Combination]
  private let joinings: [any SharedJoining]

  init(
    states: Int, vocabulary: CellVocabulary, channels: Int, partialChannels: Int,
    using generator: inout some RandomNumberGenerator
  ) throws(TorchError) {
    var edges: [PartialEdge] = []
    for _ in 0..<states {
      edges.append(
        try PartialEdge(
          operations: vocabulary.operations, channels: channels, partialChannels: partialChannels,
          using: &generator))
    }
    self.edges = edges
    isContextual = vocabulary.operations.contains(.crossModalAttention)
    combinations = vocabulary.combinations
    var joinings: [any SharedJoining] = []
    for combination in combinations {
      joinings.append(
        try combination.makeSharedJoining(states: states, channels: channels, using: &generator))
    }
    self.joinings = joinings
  }

  func callAsFunction(
    _ states: [Tensor?], selecting selection: NodeSelection
  ) throws(TorchError) -> Tensor {
    var features: [Tensor] = []
    var read: [Int] = []
    for (state, edge) in selection.edges.enumerated() {
      guard let edge else { continue }
      guard let input = states[state] else {
        preconditionFailure("the cell reads state \(state), which was not given")
      }
      let context = isContextual ? try context(of: state, states, selection) : nil
      var feature = try edges[state](input, beside: context, selecting: edge)
      if let factors = selection.edgeFactors {
        feature = try feature * factors.narrowed(axis: 0, from: state, count: 1)
      }
      features.append(feature)
      read.append(state)
    }
    guard features.count > 1 else {
      if let only = features.first { return only }
      guard let any = states.lazy.compactMap({ $0 }).first else {
        preconditionFailure("a cell has inputs")
      }
      return try Tensor.zeros(like: any)
    }
    return try join(features, of: read, selecting: selection.combination)
  }

  /// The mean of what is read beside a state; `nil` where that is nothing.
  private func context(
    of state: Int, _ states: [Tensor?], _ selection: NodeSelection
  ) throws(TorchError) -> Tensor? {
    let others = selection.edges.indices.filter { $0 != state && selection.edges[$0] != nil }
      .compactMap { states[$0] }
    return others.isEmpty ? nil : try SharedMean()(others, of: [])
  }

  private func join(
    _ features: [Tensor], of states: [Int], selecting selection: Selection
  ) throws(TorchError) -> Tensor {
    switch selection {
    case .one(let index, let factor):
      let joined = try joinings[index](features, of: states)
      return if let factor { try joined * factor } else { joined }
    case .mixture(let weights):
      var total: Tensor?
      for (index, joining) in joinings.enumerated() {
        let weight = try weights.narrowed(axis: 0, from: index, count: 1)
        let part = try joining(features, of: states) * weight
        total = if let sum = total { try sum + part } else { part }
      }
      return total ?? features[0]
    }
  }

  func weights(of node: Node) throws(TorchError) -> [(name: String, tensor: Tensor)] {
    var weights: [(name: String, tensor: Tensor)] = []
    for (number, edge) in node.edges.enumerated() {
      for weight in edges[edge.source].weights(of: edge.operation) {
        weights.append((name: "edge\(number).\(weight.name)", tensor: weight.tensor))
      }
    }
    guard node.edges.count > 1, let index = combinations.firstIndex(of: node.combination) else {
      return weights
    }
    return weights + (try joinings[index].weights(for: node.edges.map(\.source)))
  }

  var children: [(name: String, module: any Module)] {
    edges.enumerated().map { (name: "edge\($0)", module: $1 as any Module) }
      + zip(combinations, joinings).map { (name: $0.rawValue, module: $1 as any Module) }
  }
}
