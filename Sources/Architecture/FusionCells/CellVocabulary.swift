/// What the cells of a ``FusionCellSpace`` may be made of.
///
/// The lists are in the order of the enumerations, whatever the order in which they were named, so that
/// codes and draws depend only on what is named.
public struct CellVocabulary: Hashable, Sendable {
  /// What an edge may do.
  public let operations: [Operation]

  /// How two edges or more may be joined in a joint cell.
  public let combinations: [Combination]

  /// What may become of the modalities' feature spaces: joint first, then by constraint and weight.
  public let representations: [Representation]

  /// The vocabulary of a space that is told none: one kind of convolution block in two sizes.
  public static let standard = CellVocabulary(
    validOperations: [.skip, .convolution1, .convolution3],
    combinations: [.concatenate, .sum, .gated])

  /// Everything that a fusion cell can be made of.
  public static let complete = CellVocabulary(
    validOperations: Operation.allCases, combinations: Combination.allCases)

  /// Creates a vocabulary after checking that it says something.
  ///
  /// - Throws: ``ArchitectureError/badSpace(_:)`` when a list is empty or names something twice.
  public init(
    operations: [Operation], combinations: [Combination],
    representations: [Representation] = [.joint]
  ) throws(ArchitectureError) {
    self.init(
      validOperations: try Self.ordered(operations, named: "operation"),
      combinations: try Self.ordered(combinations, named: "combination"),
      representations: try Self.ordered(representations))
    guard !operations.contains(.crossModalAttention) || coordinations.isEmpty else {
      throw .badSpace(
        "coordinated cells keep modalities apart, and 'crossModalAttention' mixes them; leave one out"
      )
    }
  }

  private init(
    validOperations operations: [Operation], combinations: [Combination],
    representations: [Representation] = [.joint]
  ) {
    self.operations = operations
    self.combinations = combinations
    self.representations = representations
  }

  /// The words in the order of their enumeration.
  private static func ordered<Word>(
    _ words: [Word], named concept: String
  ) throws(ArchitectureError) -> [Word]
  where Word: CaseIterable & Hashable & RawRepresentable<String> {
    guard !words.isEmpty else { throw .badSpace("it may use no \(concept), expected at least one") }
    if let double = words.first(where: { word in words.count { $0 == word } > 1 }) {
      throw .badSpace("the \(concept) '\(double.rawValue)' is named twice")
    }
    return Word.allCases.filter(words.contains)
  }

  /// The representations with the joint one first.
  private static func ordered(
    _ representations: [Representation]
  ) throws(ArchitectureError) -> [Representation] {
    guard !representations.isEmpty else {
      throw .badSpace("it may use no representation, expected at least one")
    }
    if let double = representations.first(where: { one in
      representations.count { $0 == one } > 1
    }) {
      throw .badSpace("the representation '\(double.title)' is named twice")
    }
    func key(_ representation: Representation) -> (Int, Double) {
      guard case .coordinated(let coordination) = representation else { return (-1, 0) }
      let place = Constraint.allCases.firstIndex(of: coordination.constraint) ?? 0
      return (place, coordination.weight)
    }
    return representations.sorted { key($0) < key($1) }
  }

  /// Whether cells may be joint.
  var hasJoint: Bool { representations.contains(.joint) }

  /// What may tie the modalities of a coordinated cell.
  var coordinations: [Coordination] {
    representations.compactMap {
      if case .coordinated(let coordination) = $0 { coordination } else { nil }
    }
  }

  /// What can become of a state that a node may read: nothing, or one of the operations.
  var readings: [Operation?] { [nil] + operations }

  /// The number of nodes that differ in what they do, for so many earlier states.
  func countOfNodes(states: Int) -> Double {
    let choices = Double(readings.count)
    let all = (0..<states).reduce(1) { product, _ in product * choices }
    let single = Double(states * operations.count)
    return single + (all - 1 - single) * Double(combinations.count)
  }
}
