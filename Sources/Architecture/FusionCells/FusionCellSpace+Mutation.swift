extension FusionCellSpace {
  /// The kinds of change a mutation makes to one cell.
  private enum Change: CaseIterable {
    /// An edge appears, disappears or does something else.
    case edge

    /// A node joins its edges in another way.
    case combination

    /// A node appears before the output.
    case addedNode

    /// A node before the output disappears, and the edges that read it.
    case removedNode
  }

  /// Makes one change to one cell; changes that leave the space are drawn again.
  ///
  /// Every other cell is some changes away: one edge more or less of the last node is always one.
  public func mutate(
    _ genotype: Genotype, using generator: inout some RandomNumberGenerator
  ) -> Genotype {
    precondition(contains(genotype), "the space does not contain \(genotype)")
    guard count > 1 else { return genotype }
    var cells = genotype.cells
    while true {
      let index = Int.random(in: cells.indices, using: &generator)
      if !vocabulary.coordinations.isEmpty, cells[index].coordination != nil || turns(&generator) {
        guard let changed = changed(cells[index], using: &generator) else { continue }
        cells[index] = changed
        return Genotype(modalities: modalities, validCells: cells)
      }
      let before = choices(of: cells[index]) ?? []
      let after = changed(before, by: .random(using: &generator), using: &generator)
      guard after != before, isValid(after) else { continue }
      cells[index] = cell(from: after)
      return Genotype(modalities: modalities, validCells: cells)
    }
  }

  private func changed(
    _ choices: [NodeChoice], by change: Change, using generator: inout some RandomNumberGenerator
  ) -> [NodeChoice] {
    var result = choices
    let node = Int.random(in: choices.indices, using: &generator)
    switch change {
    case .edge:
      let state = Int.random(in: choices[node].operations.indices, using: &generator)
      let operation = vocabulary.readings.pick(using: &generator)
      result[node].set(
        operation, from: state, joiningBy: vocabulary.combinations, using: &generator)
    case .combination:
      if choices[node].edgeCount > 1 {
        result[node].combination = vocabulary.combinations.pick(using: &generator)
      }
    case .addedNode:
      addNode(at: node, to: &result, using: &generator)
    case .removedNode:
      if choices.count > nodes.lowerBound, node < choices.count - 1 {
        result = removing(node, from: choices)
      }
    }
    return result
  }

  /// Inserts a random node before the node at `position` and lets a random later one read it.
  private func addNode(
    at position: Int, to choices: inout [NodeChoice],
    using generator: inout some RandomNumberGenerator
  ) {
    guard choices.count < nodes.upperBound else { return }
    let state = modalities.count + position
    for later in position..<choices.count { choices[later].operations.insert(nil, at: state) }
    choices.insert(NodeChoice(states: state, of: vocabulary, using: &generator), at: position)
    let reader = Int.random(in: (position + 1)..<choices.count, using: &generator)
    choices[reader].set(
      vocabulary.operations.pick(using: &generator), from: state,
      joiningBy: vocabulary.combinations, using: &generator)
  }

  /// The cell without a node that is not the output, and without the edges that read it.
  func removing(_ position: Int, from choices: [NodeChoice]) -> [NodeChoice] {
    var rest = choices
    rest.remove(at: position)
    for later in position..<rest.count {
      rest[later].operations.remove(at: modalities.count + position)
      if rest[later].edgeCount <= 1 { rest[later].combination = .sum }
    }
    return rest
  }
}
