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
  /// - Parameter features: One tensor `[batch, channels, depth, height, width]` per input, all of
  ///   one shape; it may be `nil` where no node reads the input.
  /// - Returns: A tensor of the same shape.
  /// - Throws: `TorchError` when a layer refuses its input, or memory runs out.
  public func callAsFunction(_ features: [Tensor?]) throws(TorchError) -> Tensor {
    precondition(
      features.count == genotype.inputs,
      "\(features.count) feature maps for a cell of \(genotype.inputs) inputs")
    var states = features
    var output: Tensor?
    for node in nodes {
      output = try node(states)
      states.append(output)
    }
    guard let output else { preconditionFailure("a valid cell has a node") }
    return output
  }

  public var children: [(name: String, module: any Module)] {
    nodes.enumerated().map { (name: "node\($0)", module: $1) }
  }
}

/// One node of a fusion cell: a layer per edge, and how their outputs become one.
private struct FusionNode: Module {
  private let sources: [Int]
  private let edges: [any Layer]
  private let joining: any Joining

  init(
    _ node: Node, channels: Int, using generator: inout some RandomNumberGenerator
  ) throws(TorchError) {
    sources = node.edges.map(\.source)
    var edges: [any Layer] = []
    for edge in node.edges {
      edges.append(try edge.operation.makeLayer(channels: channels, using: &generator))
    }
    self.edges = edges
    joining = try node.combination.makeJoining(
      edges: edges.count, channels: channels, using: &generator)
  }

  func callAsFunction(_ states: [Tensor?]) throws(TorchError) -> Tensor {
    var features: [Tensor] = []
    for (source, edge) in zip(sources, edges) {
      guard let state = states[source] else {
        preconditionFailure("the cell reads input \(source), which was not given")
      }
      features.append(try edge(state))
    }
    return try joining(features)
  }

  var children: [(name: String, module: any Module)] {
    edges.enumerated().map { (name: "edge\($0)", module: $1 as any Module) } + joining.children
  }
}
