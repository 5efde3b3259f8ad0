extension Genotype: CustomStringConvertible {
  /// One short line, such as `level 0: gated(conv3(ct), skip(mri)) | level 1: skip(ct)`.
  ///
  /// Nodes before the output come first, as in `node 0 = sum(skip(ct), skip(mri)); skip(node 0)`.
  public var description: String {
    guard cells.count > 1 else { return "all levels: \(text(of: cells[0]))" }
    return cells.enumerated()
      .map { "level \($0): \(text(of: $1))" }
      .joined(separator: " | ")
  }

  private func text(of cell: CellGenotype) -> String {
    if let coordination = cell.coordination {
      let projections = cell.nodes[0].edges.map(text).joined(separator: ", ")
      return "coordinated(\(projections); \(coordination.title))"
    }
    let parts = cell.nodes.enumerated().map { number, node in
      let isOutput = number == cell.nodes.count - 1
      return isOutput
        ? text(of: node) : "\(stateName(modalities.count + number)) = \(text(of: node))"
    }
    return parts.joined(separator: "; ")
  }

  private func text(of node: Node) -> String {
    let edges = node.edges.map(text)
    return edges.count == 1
      ? edges[0] : "\(node.combination.title)(\(edges.joined(separator: ", ")))"
  }

  private func text(of edge: Edge) -> String {
    "\(edge.operation.title)(\(stateName(edge.source)))"
  }

  /// The name of an input or a node: `ct`, `mri`, then `node 0`, `node 1`, ….
  private func stateName(_ state: Int) -> String {
    state < modalities.count ? modalities[state] : "node \(state - modalities.count)"
  }
}

extension Genotype {
  /// The genotype as text for Graphviz: `dot -Tpng` makes a picture of it.
  ///
  /// One box of nodes per cell; edges carry the operation, nodes the combination.
  public var dot: String {
    var lines = ["digraph genotype {", "  rankdir=LR;", "  node [shape=box, style=rounded];"]
    for (index, cell) in cells.enumerated() {
      lines.append("  subgraph cluster_\(index) {")
      let place = cells.count == 1 ? "all levels" : "level \(index)"
      lines.append("    label=\("\(place): \(cell.representation.title)".inDOT);")
      lines += statements(of: cell, number: index).map { "    \($0)" }
      lines.append("  }")
    }
    return (lines + ["}", ""]).joined(separator: "\n")
  }

  private func statements(of cell: CellGenotype, number: Int) -> [String] {
    func name(_ state: Int) -> String { "cell\(number)_state\(state)" }
    var lines = modalities.enumerated().map { "\(name($0)) [label=\($1.inDOT), shape=ellipse];" }
    for (index, node) in cell.nodes.enumerated() {
      let isOutput = index == cell.nodes.count - 1
      let title =
        node.edges.count == 1 ? (isOutput ? "output" : "node \(index)") : node.combination.title
      let border = isOutput ? ", peripheries=2" : ""
      lines.append("\(name(cell.inputs + index)) [label=\(title.inDOT)\(border)];")
    }
    for (index, node) in cell.nodes.enumerated() {
      for edge in node.edges {
        let target = name(cell.inputs + index)
        lines.append(
          "\(name(edge.source)) -> \(target) [label=\(edge.operation.title.inDOT)];")
      }
    }
    return lines
  }
}
