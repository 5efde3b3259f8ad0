/// One connection inside a fusion cell: which features are read, and what is done to them.
public struct Edge: Hashable, Sendable {
  /// The number of the state that is read: an input of the cell or an earlier node.
  public let source: Int
  public let operation: Operation

  public init(source: Int, operation: Operation) {
    self.source = source
    self.operation = operation
  }
}

/// A place of a fusion cell where the features of several edges become one.
public struct Node: Hashable, Sendable {
  /// How the edges are joined.
  ///
  /// With a single edge there is nothing to join; this is then always ``Combination/sum``, so that
  /// nodes that do the same are equal.
  public let combination: Combination

  /// What the node reads.
  public let edges: [Edge]

  public init(combination: Combination = .sum, edges: [Edge]) {
    self.combination = edges.count == 1 ? .sum : combination
    self.edges = edges
  }
}

/// A fusion cell written down: which operations connect the modalities' features of one level.
///
/// A cell is a directed acyclic graph. Its states are numbered: `0..<inputs` are the encoders'
/// features, one per modality; node number `n` is state `inputs + n`; the last node is the output.
/// Every node before the last is read by a later one. The identity of one modality is a single node
/// with a single ``Operation/skip`` edge.
///
/// In a coordinated cell the edges of the only node are the modalities' projections, each read once,
/// and the node is their ``Combination/mean``.
///
/// A cell that exists is valid: both initializers refuse one that is not.
public struct CellGenotype: Hashable, Sendable {
  /// More nodes than this are refused as a mistake.
  public static let maximumNodes = 16

  /// More edges into one node than this are refused as a mistake.
  public static let maximumEdges = 64

  /// What becomes of the modalities' feature spaces.
  public let representation: Representation

  /// The number of modalities that are fused.
  public let inputs: Int

  /// The nodes in the order of their numbers; the last is the output.
  public let nodes: [Node]

  /// Creates a cell after checking that it can be built.
  ///
  /// - Throws: ``ArchitectureError`` naming the first node that reads nothing, reads itself or a
  ///   later state, or is read by nobody, when there are too few or too many nodes or edges, and when
  ///   a coordinated cell is anything but the mean of two projections or more.
  public init(
    inputs: Int, nodes: [Node], representation: Representation = .joint
  ) throws(ArchitectureError) {
    guard inputs > 0 else { throw .noModalities }
    guard inputs <= Genotype.maximumModalities else {
      throw .tooManyModalities(found: inputs, allowed: Genotype.maximumModalities)
    }
    guard (1...Self.maximumNodes).contains(nodes.count) else {
      throw .badNodeCount(found: nodes.count, allowed: 1...Self.maximumNodes)
    }
    for (index, node) in nodes.enumerated() {
      try Self.check(node, number: index, inputs: inputs)
    }
    let read = Set(nodes.flatMap { $0.edges.map(\.source) })
    for index in nodes.indices.dropLast() where !read.contains(inputs + index) {
      throw .unusedNode(index)
    }
    if case .coordinated = representation { try Self.checkProjections(nodes) }
    self.inputs = inputs
    self.nodes = nodes
    self.representation = representation
  }

  /// A cell that is valid by the way it was made.
  init(inputs: Int, validNodes nodes: [Node], representation: Representation = .joint) {
    self.inputs = inputs
    self.nodes = nodes
    self.representation = representation
  }

  /// The cell that passes one modality on and ignores the others.
  public static func identity(
    ofInput input: Int, inputs: Int
  ) throws(ArchitectureError) -> CellGenotype {
    try CellGenotype(
      inputs: inputs, nodes: [Node(edges: [Edge(source: input, operation: .skip)])])
  }

  /// The cell of one node that reads every modality with the same operation.
  public static func uniform(
    _ combination: Combination, _ operation: Operation, inputs: Int
  ) throws(ArchitectureError) -> CellGenotype {
    let edges = (0..<max(inputs, 0)).map { Edge(source: $0, operation: operation) }
    return try CellGenotype(inputs: inputs, nodes: [Node(combination: combination, edges: edges)])
  }

  /// The cell whose modalities keep their own spaces, each projected by the same operation with
  /// weights of its own.
  public static func coordinated(
    by coordination: Coordination, _ projection: Operation, inputs: Int
  ) throws(ArchitectureError) -> CellGenotype {
    let edges = (0..<max(inputs, 0)).map { Edge(source: $0, operation: projection) }
    return try CellGenotype(
      inputs: inputs, nodes: [Node(combination: .mean, edges: edges)],
      representation: .coordinated(coordination))
  }

  /// What ties the modalities' spaces together; `nil` in a joint cell.
  public var coordination: Coordination? {
    if case .coordinated(let coordination) = representation { coordination } else { nil }
  }

  /// Whether any node reads the features of the input with this number.
  public func reads(input: Int) -> Bool {
    nodes.contains { node in node.edges.contains { $0.source == input } }
  }

  private static func check(
    _ node: Node, number: Int, inputs: Int
  ) throws(ArchitectureError) {
    guard !node.edges.isEmpty else { throw .deadNode(number) }
    guard node.edges.count <= maximumEdges else {
      throw .tooManyEdges(node: number, found: node.edges.count, allowed: maximumEdges)
    }
    let states = inputs + number
    if let edge = node.edges.first(where: { !(0..<states).contains($0.source) }) {
      throw .badSource(node: number, source: edge.source, inputs: inputs)
    }
  }

  private static func checkProjections(_ nodes: [Node]) throws(ArchitectureError) {
    let sources = nodes[0].edges.map(\.source)
    guard nodes.count == 1, nodes[0].combination == .mean, sources.count > 1,
      Set(sources).count == sources.count,
      !nodes[0].edges.contains(where: { $0.operation == .crossModalAttention })
    else { throw .badCoordination }
  }
}
