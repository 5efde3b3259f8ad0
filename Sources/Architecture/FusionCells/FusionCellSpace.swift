/// All fusion cells with a few nodes, shared by the levels or one per level.
///
/// Every node reads each earlier state by one of the vocabulary's operations or not at all, reads at
/// least one, and joins two or more by one of its combinations; every node before the last is read.
/// Where the vocabulary has coordinated representations, a cell may also be one node that projects two
/// modalities or more by operations and is tied by one of the constraints.
public struct FusionCellSpace: SearchSpace, Hashable {
  /// The modalities to fuse.
  public let modalities: [String]

  /// The levels of the pyramid.
  public let levels: Int

  /// How many nodes a cell may have.
  public let nodes: ClosedRange<Int>

  /// Whether all levels have one and the same cell.
  public let sharedCell: Bool

  /// What the cells are made of.
  public let vocabulary: CellVocabulary

  /// Creates a space after checking that it holds genotypes.
  ///
  /// - Throws: ``ArchitectureError`` when a modality has no name or appears twice, the number of
  ///   levels or nodes is out of bounds, or coordinated cells are wanted and cannot be: they take two
  ///   modalities and a single node.
  public init(
    modalities: [String], levels: Int, nodes: ClosedRange<Int> = 1...2, sharedCell: Bool = false,
    vocabulary: CellVocabulary = .standard
  ) throws(ArchitectureError) {
    try Genotype.check(modalities: modalities)
    guard (1...Genotype.maximumCells).contains(levels) else {
      throw .badSpace("it has \(levels) levels, expected 1 to \(Genotype.maximumCells)")
    }
    guard nodes.lowerBound >= 1, nodes.upperBound <= 4 else {
      throw .badSpace(
        "cells of \(nodes.lowerBound) to \(nodes.upperBound) nodes, expected within 1 to 4")
    }
    if !vocabulary.coordinations.isEmpty {
      guard modalities.count > 1 else {
        throw .badSpace("coordinated cells of 1 modality, expected 2 or more")
      }
      guard nodes.lowerBound == 1 else {
        throw .badSpace(
          "coordinated cells have one node, but cells of \(nodes.lowerBound) to "
            + "\(nodes.upperBound) nodes are asked for")
      }
    }
    self.modalities = modalities
    self.levels = levels
    self.nodes = nodes
    self.sharedCell = sharedCell
    self.vocabulary = vocabulary
  }

  /// The number of cells of a genotype.
  public var cellCount: Int { sharedCell ? 1 : levels }

  public var count: Double {
    let cells = countOfJointCells + countOfCoordinatedCells
    let product = (0..<cellCount).reduce(1) { product, _ in product * cells }
    // Many modalities and levels leave what a Double can hold.
    return min(product, .greatestFiniteMagnitude)
  }

  public func sample(using generator: inout some RandomNumberGenerator) -> Genotype {
    let cells = (0..<cellCount).map { _ in sampleCell(using: &generator) }
    return Genotype(modalities: modalities, validCells: cells)
  }

  private var countOfJointCells: Double {
    vocabulary.hasJoint ? nodes.reduce(0) { $0 + countOfCells(nodes: $1) } : 0
  }

  private func sampleCell(using generator: inout some RandomNumberGenerator) -> CellGenotype {
    // Where there is one kind of cell, no number is drawn for it.
    let (joint, coordinated) = (countOfJointCells, countOfCoordinatedCells)
    if coordinated > 0,
      joint == 0 || Double.random(in: 0..<(joint + coordinated), using: &generator) >= joint
    {
      return sampleCoordinatedCell(using: &generator)
    }
    return cell(from: sampleChoices(using: &generator))
  }

  /// The number of joint cells with exactly so many nodes.
  ///
  /// Nodes nobody reads are left out by inclusion and exclusion over the sets of unread ones.
  func countOfCells(nodes count: Int) -> Double {
    var total = 0.0
    for unread in 0..<(1 << (count - 1)) {
      var product = 1.0
      var hidden = 0
      for node in 0..<count {
        product *= vocabulary.countOfNodes(states: modalities.count + node - hidden)
        if node < count - 1, unread >> node & 1 == 1 { hidden += 1 }
      }
      total += hidden % 2 == 0 ? product : -product
    }
    return total
  }

  /// The nodes of a uniformly drawn joint cell.
  private func sampleChoices(using generator: inout some RandomNumberGenerator) -> [NodeChoice] {
    let counts = nodes.map { countOfCells(nodes: $0) }
    var mark = Double.random(in: 0..<counts.reduce(0, +), using: &generator)
    var size = nodes.upperBound
    for (candidate, count) in zip(nodes, counts) {
      if mark < count {
        size = candidate
        break
      }
      mark -= count
    }
    while true {
      let drawn = (0..<size).map {
        NodeChoice(states: modalities.count + $0, of: vocabulary, using: &generator)
      }
      if isValid(drawn) { return drawn }
    }
  }

  /// Whether every node reads something and every node before the last is read.
  ///
  /// The words of the vocabulary are not looked at.
  func isValid(_ choices: [NodeChoice]) -> Bool {
    nodes.contains(choices.count) && choices.allSatisfy { $0.edgeCount > 0 }
      && choices.indices.dropLast().allSatisfy { node in
        choices[(node + 1)...].contains { $0.operations[modalities.count + node] != nil }
      }
  }

  /// A joint cell in the form that is easy to change; `nil` when it is not of this space.
  func choices(of cell: CellGenotype) -> [NodeChoice]? {
    guard cell.representation == .joint, vocabulary.hasJoint, cell.inputs == modalities.count
    else { return nil }
    var choices: [NodeChoice] = []
    for (index, node) in cell.nodes.enumerated() {
      guard let choice = NodeChoice(node, states: modalities.count + index), isKnown(choice) else {
        return nil
      }
      choices.append(choice)
    }
    return isValid(choices) ? choices : nil
  }

  /// Whether a node is made of the vocabulary.
  private func isKnown(_ choice: NodeChoice) -> Bool {
    choice.operations.allSatisfy { vocabulary.readings.contains($0) }
      && (choice.edgeCount < 2 || vocabulary.combinations.contains(choice.combination))
  }

  /// The cell that valid choices stand for.
  func cell(from choices: [NodeChoice]) -> CellGenotype {
    CellGenotype(inputs: modalities.count, validNodes: choices.map(\.node))
  }
}
