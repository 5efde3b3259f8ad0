/// The 15,625 cells of NAS-Bench-201, on which every strategy can be checked in seconds.
///
/// Source: X. Dong, Y. Yang, "NAS-Bench-201: Extending the Scope of Reproducible Neural Architecture
/// Search", ICLR 2020.
public struct NASBench201Space: SearchSpace, Hashable {
  private typealias Operation = NASBench201Cell.Operation

  public init() {}

  public var count: Double { 15_625 }

  public var places: [Int] { Array(repeating: Operation.allCases.count, count: 6) }

  public func code(of candidate: NASBench201Cell) -> [Int]? {
    candidate.operations.map { Operation.allCases.firstIndex(of: $0) ?? 0 }
  }

  public func candidate(from code: [Int]) -> NASBench201Cell? {
    NASBench201Cell(code.map { Operation.allCases[$0] })
  }

  /// The output as an expression of the input: what is added is sorted, a skip changes nothing, and
  /// whatever reads nothing is nothing.
  ///
  /// There are 6,466 such forms (the paper's section 2).
  public func canonicalForm(of candidate: NASBench201Cell) -> String {
    var states = ["0"]
    for node in 1...3 {
      let terms = zip(NASBench201Cell.edges, candidate.operations)
        .filter { $0.0.1 == node }
        .map { edge, operation in Self.term(operation, of: states[edge.0]) }
      states.append(terms.sorted().joined(separator: "+"))
    }
    return states[3]
  }

  private static func term(_ operation: Operation, of state: String) -> String {
    if operation == .none || state == "#" { return "#" }
    return operation == .skip ? state : "(\(state))@\(operation.rawValue)"
  }

  public func sample(using generator: inout some RandomNumberGenerator) -> NASBench201Cell {
    NASBench201Cell((0..<6).map { _ in .random(using: &generator) })
  }

  /// Gives one edge another operation.
  public func mutate(
    _ candidate: NASBench201Cell, using generator: inout some RandomNumberGenerator
  ) -> NASBench201Cell {
    var operations = candidate.operations
    let edge = Int.random(in: 0..<6, using: &generator)
    let others = Operation.allCases.filter { $0 != operations[edge] }
    operations[edge] = others[Int.random(in: others.indices, using: &generator)]
    return NASBench201Cell(operations)
  }

  /// The 24 cells with another operation on one edge.
  public func neighbours(of candidate: NASBench201Cell) -> [NASBench201Cell] {
    (0..<6).flatMap { edge in
      Operation.allCases.filter { $0 != candidate.operations[edge] }.map { operation in
        var operations = candidate.operations
        operations[edge] = operation
        return NASBench201Cell(operations)
      }
    }
  }

  /// The cost of the benchmark's CIFAR-10 network around the cell: five cells at each of three
  /// stages of 16, 32 and 64 channels on 32², 16² and 8² pixels.
  ///
  /// The stem, the two reductions and the classifier have 73,306 weights and 7,783,040 multiply-adds;
  /// pooling and skips cost nothing.
  public func cost(of candidate: NASBench201Cell) -> Cost {
    let pairs = 5 * (16 * 16 + 32 * 32 + 64 * 64)
    let scales = 5 * 2 * (16 + 32 + 64)
    let products = 5 * 3 * 16 * 16 * 32 * 32
    let narrow = candidate.count(of: .convolution1)
    let wide = candidate.count(of: .convolution3)
    return Cost(
      parameters: 73_306 + (narrow + 9 * wide) * pairs + (narrow + wide) * scales,
      multiplyAdds: 7_783_040 + Double((narrow + 9 * wide) * products))
  }
}
