/// What the cells of a ``FusionCellSpace`` may be made of.
///
/// The lists are in the order of the enumerations, whatever the order in which they were named, so that
/// codes and draws depend only on what is named.
public struct CellVocabulary: Hashable, Sendable {
  /// What an edge may do.
  public let operations: [Operation]

  /// How two edges or more may be joined.
  public let combinations: [Combination]

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
    operations: [Operation], combinations: [Combination]
  ) throws(ArchitectureError) {
    self.init(
      validOperations: try Self.ordered(operations, named: "operation"),
      combinations: try Self.ordered(combinations, named: "combination"))
  }

  private init(validOperations operations: [Operation], combinations: [Combination]) {
    self.operations = operations
    self.combinations = combinations
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

extension Array {
  /// An element drawn uniformly.
  ///
  /// - Precondition: There is one.
  func random(using generator: inout some RandomNumberGenerator) -> Element {
    self[Int.random(in: indices, using: &generator)]
  }
}
