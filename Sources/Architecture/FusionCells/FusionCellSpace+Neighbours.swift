extension FusionCellSpace {
  /// The genotypes with another edge, another combination, or a node more or less in one cell.
  ///
  /// A node that appears has a single edge; changing its edges is another step. A joint cell of one node
  /// with two edges or more and the coordinated ones with the same edges are neighbours.
  public func neighbours(of candidate: Genotype) -> [Genotype] {
    precondition(contains(candidate), "the space does not contain \(candidate)")
    var seen: Set<Genotype> = [candidate]
    var found: [Genotype] = []
    for (index, cell) in candidate.cells.enumerated() {
      let choices = choices(of: cell) ?? []
      let joint = variants(of: choices).filter(isValid).map(self.cell)
      for variant in joint + coordinatedVariants(of: cell) {
        var cells = candidate.cells
        cells[index] = variant
        let neighbour = Genotype(modalities: modalities, validCells: cells)
        if seen.insert(neighbour).inserted { found.append(neighbour) }
      }
    }
    return found
  }

  private func variants(of choices: [NodeChoice]) -> [[NodeChoice]] {
    var variants: [[NodeChoice]] = []
    for node in choices.indices {
      for variant in choices[node].variants(of: vocabulary) {
        var changed = choices
        changed[node] = variant
        variants.append(changed)
      }
      variants += withNode(at: node, in: choices)
      if node < choices.count - 1, choices.count > nodes.lowerBound {
        variants.append(removing(node, from: choices))
      }
    }
    return variants
  }

  /// All ways to insert a node of one edge before the node at `position`, read by one later node.
  private func withNode(at position: Int, in choices: [NodeChoice]) -> [[NodeChoice]] {
    guard choices.count < nodes.upperBound else { return [] }
    let state = modalities.count + position
    var room = choices
    for later in position..<choices.count { room[later].operations.insert(nil, at: state) }
    let nothing = NodeChoice(
      operations: Array(repeating: nil, count: state), combination: .sum)
    room.insert(nothing, at: position)
    var results: [[NodeChoice]] = []
    for reader in (position + 1)..<room.count {
      for reading in room[reader].variants(of: vocabulary)
      where reading.operations[state] != nil {
        for new in nothing.variants(of: vocabulary) {
          var result = room
          result[position] = new
          result[reader] = reading
          results.append(result)
        }
      }
    }
    return results
  }
}

extension NodeChoice {
  /// The nodes with one edge more, less or other, or with another combination.
  ///
  /// A node that gets its second edge is there once per combination.
  fileprivate func variants(of vocabulary: CellVocabulary) -> [NodeChoice] {
    var variants: [NodeChoice] = []
    for state in operations.indices {
      for operation in vocabulary.readings where operation != operations[state] {
        var changed = operations
        changed[state] = operation
        let edges = changed.count { $0 != nil }
        let combinations =
          edges < 2 ? [.sum] : edgeCount < 2 ? vocabulary.combinations : [combination]
        variants += combinations.map { NodeChoice(operations: changed, combination: $0) }
      }
    }
    if edgeCount > 1 {
      variants += vocabulary.combinations.filter { $0 != combination }
        .map { NodeChoice(operations: operations, combination: $0) }
    }
    return variants
  }
}
