/// A node of a ``FusionCellSpace``: what is done with each state before it.
///
/// This form makes counting and changing easy; ``Node`` is what it stands for.
struct NodeChoice: Hashable {
  /// What the edge from each earlier state does; `nil` where there is none.
  var operations: [Operation?]

  /// How two edges or more are joined; `.sum` where there is one.
  var combination: Combination

  init(operations: [Operation?], combination: Combination) {
    self.operations = operations
    self.combination = combination
  }

  /// Reads a node back; `nil` when it reads a state twice or out of order.
  init?(_ node: Node, states: Int) {
    operations = Array(repeating: nil, count: states)
    combination = node.combination
    var last = -1
    for edge in node.edges {
      guard edge.source > last, edge.source < states else { return nil }
      operations[edge.source] = edge.operation
      last = edge.source
    }
  }

  /// Draws uniformly from the ``CellVocabulary/countOfNodes(states:)`` nodes.
  init(
    states: Int, of vocabulary: CellVocabulary, using generator: inout some RandomNumberGenerator
  ) {
    let readings = vocabulary.readings
    let ofSingles = vocabulary.combinations.first { $0 == .sum } ?? vocabulary.combinations[0]
    repeat {
      operations = (0..<states).map { _ in readings.pick(using: &generator) }
      combination = vocabulary.combinations.pick(using: &generator)
      // A single edge counts once and not once per combination.
    } while edgeCount == 0 || (edgeCount == 1 && combination != ofSingles)
    if edgeCount == 1 { combination = .sum }
  }

  /// The number of edges.
  var edgeCount: Int { operations.reduce(0) { $0 + ($1 == nil ? 0 : 1) } }

  /// The node this stands for.
  var node: Node {
    let edges = operations.enumerated().compactMap { source, operation in
      operation.map { Edge(source: source, operation: $0) }
    }
    return Node(combination: combination, edges: edges)
  }

  /// Changes what the edge from one state does, and keeps the combination meaningful.
  mutating func set(
    _ operation: Operation?, from state: Int, joiningBy combinations: [Combination],
    using generator: inout some RandomNumberGenerator
  ) {
    let before = edgeCount
    operations[state] = operation
    if edgeCount <= 1 {
      combination = .sum
    } else if before <= 1 {
      combination = combinations.pick(using: &generator)
    }
  }
}

extension CaseIterable where AllCases == [Self] {
  /// A case drawn uniformly.
  static func random(using generator: inout some RandomNumberGenerator) -> Self {
    allCases[Int.random(in: allCases.indices, using: &generator)]
  }
}
