public import Architecture
public import Torch

/// The part of the network that mixes the modalities on one level: a genotype made executable.
public struct FusionCell: Module {
  public let genotype: CellGenotype
  private let nodes: [FusionNode]

  /// - Parameter channels: The channels of every input, of every node and of the output.
  public init(
    cell genotype: CellGenotype, channels: Int, using generator: inout some RandomNumberGenerator
  ) throws(TorchError) {
    self.genotype = genotype
    var nodes: [FusionNode] = []
    for node in genotype.nodes {
      nodes.append(try FusionNode(node, channels: channels, using: &generator))
    }
    self.nodes = nodes
  }

  /// Fuses one feature map per modality into one.
  ///
  /// - Parameters:
  ///   - features: One tensor `[batch, channels, depth, height, width]` per input, all of one shape;
  ///     `nil` where no image has the modality or no node reads it.
  ///   - presence: Which images have which modality; `nil`: all have those that are given. What an
  ///     image lacks has no effect on it.
  /// - Returns: A tensor of the same shape, zero for an image that has nothing that the cell reads.
  /// - Throws: `TorchError` when a layer refuses its input, memory runs out, or no image has anything
  ///   that the cell reads.
  public func callAsFunction(
    _ features: [Tensor?], presence: Presence? = nil
  ) throws(TorchError) -> Tensor {
    let images = features.lazy.compactMap { $0?.shape[0] }.first ?? 1
    let presence = presence ?? .complete(modalities: features.count, images: images)
    let inputs = zip(features, presence.isPresent).map { PartialFeatures($0, isPresent: $1) }
    guard let output = try fuse(inputs).output.tensor else {
      throw TorchError(
        operation: "fusion of \(features.map { $0?.shape ?? [] })",
        reason: "no image has anything that the cell reads")
    }
    return output
  }

  /// The cell's output and, in a coordinated cell, the modalities' projections in the order of the
  /// node's edges.
  func fuse(
    _ inputs: [PartialFeatures]
  ) throws(TorchError) -> (output: PartialFeatures, projections: [PartialFeatures]) {
    precondition(
      inputs.count == genotype.inputs,
      "\(inputs.count) feature maps for a cell of \(genotype.inputs) inputs")
    var states = inputs
    var edges: [PartialFeatures] = []
    for node in nodes {
      edges = try node.edges(reading: states)
      states.append(try node.joined(edges))
    }
    return (
      try states[states.count - 1].masked(), genotype.coordination == nil ? [] : edges
    )
  }

  public var children: [(name: String, module: any Module)] {
    nodes.enumerated().map { (name: "node\($0)", module: $1) }
  }
}

/// One node of a fusion cell: a layer per edge, and how their outputs become one.
private struct FusionNode: Module {
  private let sources: [Int]
  private let layers: [any Layer]
  private let joining: any Joining

  init(
    _ node: Node, channels: Int, using generator: inout some RandomNumberGenerator
  ) throws(TorchError) {
    sources = node.edges.map(\.source)
    var layers: [any Layer] = []
    for edge in node.edges {
      layers.append(try edge.operation.makeLayer(channels: channels, using: &generator))
    }
    self.layers = layers
    joining = try node.combination.makeJoining(
      edges: layers.count, channels: channels, using: &generator)
  }

  /// What the edges bring.
  func edges(reading states: [PartialFeatures]) throws(TorchError) -> [PartialFeatures] {
    var edges: [PartialFeatures] = []
    for (index, layer) in layers.enumerated() {
      edges.append(try states[sources[index]].mapped(bound(layer, at: index, to: states)))
    }
    return edges
  }

  /// A layer beside what the node's other edges read, if it wants to know.
  private func bound(
    _ layer: any Layer, at index: Int, to states: [PartialFeatures]
  ) throws(TorchError) -> any Layer {
    guard let contextual = layer as? any ContextualLayer else { return layer }
    let others = sources.indices.filter { $0 != index }.map { states[sources[$0]] }
    return contextual.beside(try others.context())
  }

  /// What becomes of them; an image has it when it has any of them.
  func joined(_ edges: [PartialFeatures]) throws(TorchError) -> PartialFeatures {
    let isPresent = edges.isAnyPresent
    return PartialFeatures(
      isPresent.contains(true) ? try joining(edges) : nil, isPresent: isPresent)
  }

  var children: [(name: String, module: any Module)] {
    layers.enumerated().map { (name: "edge\($0)", module: $1 as any Module) } + joining.children
  }
}
