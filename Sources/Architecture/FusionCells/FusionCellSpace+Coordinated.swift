/// Coordinated cells: one node that projects two modalities or more, and what ties them.
extension FusionCellSpace {
  var countOfCoordinatedCells: Double {
    guard !vocabulary.coordinations.isEmpty else { return 0 }
    let readings = modalities.reduce(1.0) { product, _ in
      product * Double(vocabulary.readings.count)
    }
    let single = Double(modalities.count * vocabulary.operations.count)
    return (readings - 1 - single) * Double(vocabulary.coordinations.count)
  }

  func sampleCoordinatedCell(
    using generator: inout some RandomNumberGenerator
  ) -> CellGenotype {
    let coordination = vocabulary.coordinations.pick(using: &generator)
    while true {
      let readings = modalities.map { _ in vocabulary.readings.pick(using: &generator) }
      if readings.count(where: { $0 != nil }) > 1 {
        return cell(of: coordination, projecting: readings)
      }
    }
  }

  /// The cell whose modalities are projected by these operations, two or more of them.
  func cell(of coordination: Coordination, projecting operations: [Operation?]) -> CellGenotype {
    let node = NodeChoice(operations: operations, combination: .mean).node
    return CellGenotype(
      inputs: modalities.count, validNodes: [node], representation: .coordinated(coordination))
  }

  /// The projections of a coordinated cell, in the form of a node whose combination says nothing;
  /// `nil` when it is not a coordinated cell of this space.
  func projections(of cell: CellGenotype) -> NodeChoice? {
    guard let coordination = cell.coordination, vocabulary.coordinations.contains(coordination),
      cell.inputs == modalities.count,
      var choice = NodeChoice(cell.nodes[0], states: modalities.count),
      choice.operations.allSatisfy({ vocabulary.readings.contains($0) })
    else { return nil }
    choice.combination = vocabulary.combinations[0]
    return choice
  }

  /// Whether a mutation of a joint cell tries to make it coordinated: once in five times.
  func turns(_ generator: inout some RandomNumberGenerator) -> Bool {
    Int.random(in: 0..<5, using: &generator) == 0
  }

  /// A cell with another projection, tied by something else, or joint where it was coordinated, or the
  /// other way about; `nil` when the draw leaves the space or changes nothing.
  func changed(
    _ cell: CellGenotype, using generator: inout some RandomNumberGenerator
  ) -> CellGenotype? {
    guard let coordination = cell.coordination, let projections = projections(of: cell) else {
      let coordinated = vocabulary.coordinations.pick(using: &generator)
      return sharedEdges(of: cell).map { self.cell(of: coordinated, projecting: $0) }
    }
    var operations = projections.operations
    var other = coordination
    switch Int.random(in: 0..<3, using: &generator) {
    case 0:
      let state = Int.random(in: operations.indices, using: &generator)
      operations[state] = vocabulary.readings.pick(using: &generator)
    case 1: other = vocabulary.coordinations.pick(using: &generator)
    default:
      guard vocabulary.hasJoint else { return nil }
      let combination = vocabulary.combinations.pick(using: &generator)
      return self.cell(from: [NodeChoice(operations: operations, combination: combination)])
    }
    guard operations.count(where: { $0 != nil }) > 1 else { return nil }
    let changed = self.cell(of: other, projecting: operations)
    return changed == cell ? nil : changed
  }

  /// The coordinated neighbours of a cell, and the joint ones of a coordinated cell.
  func coordinatedVariants(of cell: CellGenotype) -> [CellGenotype] {
    guard let coordination = cell.coordination, let projections = projections(of: cell) else {
      return sharedEdges(of: cell).map { edges in
        vocabulary.coordinations.map { self.cell(of: $0, projecting: edges) }
      } ?? []
    }
    let operations = projections.operations
    var variants = vocabulary.coordinations.map { self.cell(of: $0, projecting: operations) }
    for state in operations.indices {
      for reading in vocabulary.readings {
        var changed = operations
        changed[state] = reading
        guard changed.count(where: { $0 != nil }) > 1 else { continue }
        variants.append(self.cell(of: coordination, projecting: changed))
      }
    }
    guard vocabulary.hasJoint else { return variants }
    return variants
      + vocabulary.combinations.map {
        self.cell(from: [NodeChoice(operations: operations, combination: $0)])
      }
  }

  /// The edges of a joint cell of one node that a coordinated cell may have too.
  private func sharedEdges(of cell: CellGenotype) -> [Operation?]? {
    guard let choices = choices(of: cell), choices.count == 1, choices[0].edgeCount > 1 else {
      return nil
    }
    return choices[0].operations
  }
}
