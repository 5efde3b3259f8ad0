/// A cell of NAS-Bench-201: four nodes, every one of the six edges between them with an operation.
///
/// Node 0 is the input, node 3 the output; a node is the sum of what its edges bring.
///
/// Source: X. Dong, Y. Yang, "NAS-Bench-201: Extending the Scope of Reproducible Neural Architecture
/// Search", ICLR 2020, section 2.
public struct NASBench201Cell: Hashable, Sendable {
  /// What an edge does, by the name that the benchmark gives it.
  public enum Operation: String, CaseIterable, Hashable, Sendable {
    case none
    case skip = "skip_connect"
    case convolution1 = "nor_conv_1x1"
    case convolution3 = "nor_conv_3x3"
    case averagePooling = "avg_pool_3x3"
  }

  /// From which node to which the edges go, in the order of ``operations``.
  static let edges = [(0, 1), (0, 2), (1, 2), (0, 3), (1, 3), (2, 3)]

  /// The operations of the edges 0→1, 0→2, 1→2, 0→3, 1→3 and 2→3.
  public let operations: [Operation]

  /// - Precondition: Six operations.
  public init(_ operations: [Operation]) {
    precondition(operations.count == 6, "\(operations.count) operations, expected 6")
    self.operations = operations
  }

  /// Reads the benchmark's own notation, `|op~0|+|op~0|op~1|+|op~0|op~1|op~2|`.
  ///
  /// - Throws: ``ArchitectureError/badCellText(_:)`` when the text is something else.
  public init(_ text: String) throws(ArchitectureError) {
    var operations: [Operation] = []
    for edge in text.split(whereSeparator: { $0 == "|" || $0 == "+" }) {
      guard let name = edge.split(separator: "~").first, let operation = Operation(name) else {
        throw .badCellText(text)
      }
      operations.append(operation)
    }
    guard operations.count == 6 else { throw .badCellText(text) }
    self.init(operations)
    guard description == text else { throw .badCellText(text) }
  }

  /// The number of edges with an operation.
  func count(of operation: Operation) -> Int { operations.count { $0 == operation } }
}

extension NASBench201Cell.Operation {
  fileprivate init?(_ name: Substring) {
    self.init(rawValue: String(name))
  }
}

extension NASBench201Cell: CustomStringConvertible {
  /// The benchmark's own notation.
  public var description: String {
    let nodes = (1...3).map { node in
      let edges = zip(Self.edges, operations).filter { $0.0.1 == node }
      return "|" + edges.map { "\($1.rawValue)~\($0.0)|" }.joined()
    }
    return nodes.joined(separator: "+")
  }
}

extension NASBench201Cell: Codable {
  public init(from decoder: any Decoder) throws {
    try self.init(decoder.singleValueContainer().decode(String.self))
  }

  public func encode(to encoder: any Encoder) throws {
    var field = encoder.singleValueContainer()
    try field.encode(description)
  }
}
