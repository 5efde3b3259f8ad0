extension FusionCellSpace {
  /// The cells with edges in order, nodes that only pass a state on left out, and the other nodes
  /// before the output in the order that makes the smallest text.
  public func canonicalForm(of candidate: Genotype) -> String {
    candidate.cells.map(canonicalForm).joined(separator: " | ")
  }

  private func canonicalForm(of cell: CellGenotype) -> String {
    let form = canonicalFormOfNodes(of: cell)
    // What ties a mean changes its training.
    return cell.coordination.map { "\($0.title): \(form)" } ?? form
  }

  private func canonicalFormOfNodes(of cell: CellGenotype) -> String {
    let output = cell.nodes.count - 1
    // What a reader of each state really reads.
    var origins = Array(0..<cell.inputs)
    for (index, node) in cell.nodes.enumerated() {
      let passesOn = index < output && node.edges.count == 1 && node.edges[0].operation == .skip
      origins.append(passesOn ? origins[node.edges[0].source] : cell.inputs + index)
    }
    let kept = cell.nodes.indices.filter {
      $0 < output && origins[cell.inputs + $0] == cell.inputs + $0
    }
    let texts = Self.permutations(of: kept).map { order in
      var names = Dictionary(uniqueKeysWithValues: (0..<cell.inputs).map { ($0, "\($0)") })
      for (place, node) in order.enumerated() { names[cell.inputs + node] = "n\(place)" }
      return (order + [output]).map { node in
        Self.text(of: cell.nodes[node]) { names[origins[$0]] ?? "" }
      }
      .joined(separator: "; ")
    }
    return texts.min() ?? ""
  }

  private static func text(of node: Node, name: (Int) -> String) -> String {
    let edges = node.edges.map { "\($0.operation.title)(\(name($0.source)))" }.sorted()
    return edges.count == 1
      ? edges[0] : "\(node.combination.title)(\(edges.joined(separator: ", ")))"
  }

  private static func permutations(of items: [Int]) -> [[Int]] {
    guard !items.isEmpty else { return [[]] }
    return items.flatMap { first in
      permutations(of: items.filter { $0 != first }).map { [first] + $0 }
    }
  }
}
