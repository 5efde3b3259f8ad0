import Architecture
import Randomness

/// The continuous form of a fusion cell space's genotypes: a number for every choice.
///
/// Every cell has, per node, the numbers of each earlier state (not read, or one of the operations), of
/// the combinations, and of the states as a whole.
struct ArchitectureParameters {
  /// Where the numbers of one node are.
  struct Place {
    /// Per earlier state: not read first, then the operations.
    let edges: [Range<Int>]
    let combination: Range<Int>

    /// One per earlier state.
    let states: Range<Int>
  }

  let space: FusionCellSpace

  /// Per cell and node.
  let places: [[Place]]

  /// All numbers.
  var values: [Double]

  /// How many edges of a node are kept when a genotype is read off.
  static var edgesKept: Int { 2 }

  /// Draws numbers near zero, so that at first all choices are nearly alike.
  init(of space: FusionCellSpace, using generator: inout some RandomNumberGenerator) {
    self.space = space
    var end = 0
    func next(_ count: Int) -> Range<Int> {
      defer { end += count }
      return end..<(end + count)
    }
    places = (0..<space.cellCount).map { _ in
      (0..<space.nodes.upperBound).map { node in
        let states = space.modalities.count + node
        return Place(
          edges: (0..<states).map { _ in next(1 + space.vocabulary.operations.count) },
          combination: next(space.vocabulary.combinations.count), states: next(states))
      }
    }
    values = (0..<end).map { _ in generator.normal(deviation: 1e-3) }
  }

  /// The genotype of the strongest choices.
  ///
  /// Every node keeps the two edges whose strongest operation counts most, with that operation; nodes
  /// that nobody reads are left out.
  ///
  /// - Parameter weighsStates: Whether the numbers of the states count too.
  ///
  /// Source: H. Liu et al., "DARTS: Differentiable Architecture Search", ICLR 2019, section 2.4.
  func genotype(weighsStates: Bool) throws(ArchitectureError) -> Genotype {
    var cells: [CellGenotype] = []
    for nodes in places { cells.append(try cell(of: nodes, weighsStates: weighsStates)) }
    return try Genotype(modalities: space.modalities, cells: cells)
  }

  /// The chance of a choice when all are alike.
  var evenChance: Double { 1 / Double(1 + space.vocabulary.operations.count) }

  /// Per cell the mean chance of a skip over its edges; 0 in a space without skips.
  var skipChances: [Double] {
    guard let skip = space.vocabulary.operations.firstIndex(of: .skip) else {
      return places.map { _ in 0 }
    }
    return places.map { nodes in
      let edges = nodes.flatMap(\.edges)
      let chances = edges.map { Self.softmax(values[$0])[1 + skip] }
      return chances.reduce(0, +) / Double(chances.count)
    }
  }

  private func cell(
    of places: [Place], weighsStates: Bool
  ) throws(ArchitectureError) -> CellGenotype {
    let inputs = space.modalities.count
    let nodes = places.map { node(at: $0, weighsStates: weighsStates) }
    var isRead = nodes.map { _ in false }
    isRead[nodes.count - 1] = true
    for index in nodes.indices.reversed() where isRead[index] {
      for edge in nodes[index].edges where edge.source >= inputs {
        isRead[edge.source - inputs] = true
      }
    }
    let kept = nodes.indices.filter { isRead[$0] }
    let states = Array(0..<inputs) + kept.map { inputs + $0 }
    return try CellGenotype(
      inputs: inputs,
      nodes: kept.map { index in
        Node(
          combination: nodes[index].combination,
          edges: nodes[index].edges.map {
            Edge(source: states.firstIndex(of: $0.source) ?? 0, operation: $0.operation)
          })
      })
  }

  private func node(at place: Place, weighsStates: Bool) -> Node {
    let shares = Self.softmax(values[place.states])
    let edges = place.edges.enumerated().map { state, range in
      let chances = Self.softmax(values[range])
      let best = (1..<chances.count).max { chances[$0] < chances[$1] } ?? 1
      let strength = chances[best] * (weighsStates ? shares[state] : 1)
      return (edge: Edge(source: state, operation: space.vocabulary.operations[best - 1]), strength)
    }
    let kept = edges.sorted { $0.1 > $1.1 }.prefix(Self.edgesKept).map(\.edge)
      .sorted { $0.source < $1.source }
    let combinations = values[place.combination]
    let best = combinations.indices.max { combinations[$0] < combinations[$1] }
    return Node(
      combination: space.vocabulary.combinations[(best ?? 0) - place.combination.lowerBound],
      edges: kept)
  }

  private static func softmax(_ logits: ArraySlice<Double>) -> [Double] {
    DenseLayer.softmax(Array(logits))
  }
}
