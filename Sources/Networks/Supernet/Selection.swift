import Architecture
public import Torch

/// What is done where a supernet holds several candidates.
public enum Selection {
  /// Only the candidate with this number is computed.
  ///
  /// `factor` is one number that its result is multiplied by, through which a gradient reaches the
  /// architecture; `nil`: none.
  case one(Int, factor: Tensor? = nil)

  /// All are computed and added with these weights, one per candidate.
  case mixture(Tensor)
}

/// What a node of a ``SuperCell`` does.
public struct NodeSelection {
  /// What is done with each earlier state; `nil`: the state is not read. A node that reads nothing
  /// gives zeros.
  public var edges: [Selection?]

  /// How two edges or more are joined.
  public var combination: Selection

  /// One number per earlier state, of which the edge's features are a multiple; `nil`: none.
  ///
  /// Source: the edge normalisation of Y. Xu et al., "PC-DARTS: Partial Channel Connections for
  /// Memory-Efficient Architecture Search", ICLR 2020, equation 5.
  public var edgeFactors: Tensor?

  public init(edges: [Selection?], combination: Selection, edgeFactors: Tensor? = nil) {
    self.edges = edges
    self.combination = combination
    self.edgeFactors = edgeFactors
  }
}

extension CellGenotype {
  /// The selections that make this cell of a supernet's cell with so many nodes; `nil` for nodes that
  /// are not used.
  ///
  /// The output takes the last place, the nodes before it the first ones.
  ///
  /// - Precondition: The supernet has as many nodes or more, and the vocabulary holds every word.
  func selections(nodes count: Int, of vocabulary: CellVocabulary) -> [NodeSelection?] {
    precondition(nodes.count <= count, "\(nodes.count) nodes in a supernet of \(count)")
    var selections = [NodeSelection?](repeating: nil, count: count)
    for (number, node) in nodes.enumerated() {
      let place = self.place(ofNode: number, of: count)
      var edges = [Selection?](repeating: nil, count: inputs + place)
      for edge in node.edges {
        guard let index = vocabulary.operations.firstIndex(of: edge.operation) else {
          preconditionFailure("the supernet has no \(edge.operation.rawValue)")
        }
        edges[edge.source] = .one(index)
      }
      let combination = vocabulary.combinations.firstIndex(of: node.combination)
      precondition(
        combination != nil || node.edges.count == 1,
        "the supernet has no \(node.combination.rawValue)")
      selections[place] = NodeSelection(edges: edges, combination: .one(combination ?? 0))
    }
    return selections
  }

  /// Where a node stands in a supernet's cell with so many nodes.
  func place(ofNode number: Int, of count: Int) -> Int {
    number == nodes.count - 1 ? count - 1 : number
  }
}
