extension FusionCellSpace {
  /// Cell after cell, slot after slot: what is done with each earlier state, and the combination; before
  /// them the cell's representation, where there is more than one.
  ///
  /// A cell has as many slots as it may have nodes. The output has the last one; the nodes before it
  /// fill the others from the first, and those left over hold zeros. A coordinated cell has an output
  /// alone, whose combination is zero.
  public var places: [Int] {
    let slots = (0..<nodes.upperBound).flatMap { slot in
      Array(repeating: vocabulary.readings.count, count: modalities.count + slot)
        + [vocabulary.combinations.count]
    }
    let cell = (hasRepresentationPlace ? [vocabulary.representations.count] : []) + slots
    return (0..<cellCount).flatMap { _ in cell }
  }

  private var hasRepresentationPlace: Bool { vocabulary.representations.count > 1 }

  public func code(of candidate: Genotype) -> [Int]? {
    guard candidate.modalities == modalities, candidate.cells.count == cellCount else { return nil }
    var code: [Int] = []
    for cell in candidate.cells {
      guard let place = vocabulary.representations.firstIndex(of: cell.representation) else {
        return nil
      }
      if hasRepresentationPlace { code.append(place) }
      guard let choices = projections(of: cell).map({ [$0] }) ?? choices(of: cell) else {
        return nil
      }
      for slot in 0..<nodes.upperBound {
        code += self.code(of: choice(in: slot, of: choices), slot: slot)
      }
    }
    return code
  }

  public func candidate(from code: [Int]) -> Genotype? {
    precondition(code.count == places.count, "\(code.count) choices for \(places.count) places")
    var rest = code[...]
    var cells: [CellGenotype] = []
    for _ in 0..<cellCount {
      guard let cell = cell(readingFrom: &rest) else { return nil }
      cells.append(cell)
    }
    return Genotype(modalities: modalities, validCells: cells)
  }

  /// The node that fills a slot; `nil` where there is none.
  private func choice(in slot: Int, of choices: [NodeChoice]) -> NodeChoice? {
    if slot == nodes.upperBound - 1 { return choices.last }
    return slot < choices.count - 1 ? choices[slot] : nil
  }

  private func code(of choice: NodeChoice?, slot: Int) -> [Int] {
    let states = modalities.count + slot
    guard let choice else { return Array(repeating: 0, count: states + 1) }
    var code = choice.operations.map { vocabulary.readings.firstIndex(of: $0) ?? 0 }
    // The output may read fewer nodes than there are slots before it.
    code += Array(repeating: 0, count: states - code.count)
    let combination = vocabulary.combinations.firstIndex(of: choice.combination) ?? 0
    return code + [choice.edgeCount > 1 ? combination : 0]
  }

  private func cell(readingFrom code: inout ArraySlice<Int>) -> CellGenotype? {
    let place = hasRepresentationPlace ? code.removeFirst() : 0
    let slots = readSlots(from: &code)
    guard case .coordinated(let coordination) = vocabulary.representations[place] else {
      return slots.flatMap { isValid($0) ? cell(from: $0) : nil }
    }
    guard let slots, slots.count == 1, slots[0].edgeCount > 1,
      slots[0].combination == vocabulary.combinations[0]
    else { return nil }
    return cell(of: coordination, projecting: slots[0].operations)
  }

  /// The nodes of a cell; `nil` when they cannot be.
  private func readSlots(from code: inout ArraySlice<Int>) -> [NodeChoice]? {
    var choices: [NodeChoice] = []
    for slot in 0..<nodes.upperBound {
      let states = modalities.count + slot
      let part = Array(code.prefix(states + 1))
      code = code.dropFirst(states + 1)
      let isOutput = slot == nodes.upperBound - 1
      if !isOutput, part.allSatisfy({ $0 == 0 }) { continue }
      guard isOutput || choices.count == slot,
        let choice = choice(from: part, states: modalities.count + choices.count)
      else { return nil }
      choices.append(choice)
    }
    return choices
  }

  /// A node from its part of a code; `nil` when it reads nodes that are not there or names a
  /// combination of less than two edges.
  private func choice(from part: [Int], states: Int) -> NodeChoice? {
    guard part[states..<(part.count - 1)].allSatisfy({ $0 == 0 }) else { return nil }
    let operations = part.prefix(states).map { vocabulary.readings[$0] }
    let edges = operations.count { $0 != nil }
    let combination = part[part.count - 1]
    guard edges > 1 || combination == 0 else { return nil }
    return NodeChoice(
      operations: operations, combination: edges > 1 ? vocabulary.combinations[combination] : .sum)
  }
}
