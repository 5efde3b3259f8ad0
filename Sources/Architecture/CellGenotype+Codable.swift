extension Edge: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable {
    case source, operation
  }

  public init(from decoder: any Decoder) throws {
    try decoder.refuseKeys(otherThan: CodingKeys.self, in: "an edge")
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      source: try fields.decode(Int.self, forKey: .source),
      operation: try fields.decode(Operation.self, forKey: .operation))
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(source, forKey: .source)
    try fields.encode(operation, forKey: .operation)
  }
}

extension Node: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable {
    case combination, edges
  }

  /// Reads a node; `combination` may be left out where there is a single edge.
  public init(from decoder: any Decoder) throws {
    try decoder.refuseKeys(otherThan: CodingKeys.self, in: "a node")
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    let edges = try fields.decode([Edge].self, forKey: .edges)
    let combination =
      edges.count == 1
      ? try fields.decodeIfPresent(Combination.self, forKey: .combination) ?? .sum
      : try fields.decode(Combination.self, forKey: .combination)
    self.init(combination: combination, edges: edges)
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    if edges.count != 1 { try fields.encode(combination, forKey: .combination) }
    try fields.encode(edges, forKey: .edges)
  }
}

extension CellGenotype: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable {
    case representation, inputs, nodes
  }

  /// Reads a cell; `representation` may be left out and is then ``Representation/joint``.
  public init(from decoder: any Decoder) throws {
    try decoder.refuseKeys(otherThan: CodingKeys.self, in: "a cell")
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      inputs: fields.decode(Int.self, forKey: .inputs),
      nodes: fields.decode([Node].self, forKey: .nodes),
      representation: fields.decodeIfPresent(Representation.self, forKey: .representation)
        ?? .joint)
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(representation, forKey: .representation)
    try fields.encode(inputs, forKey: .inputs)
    try fields.encode(nodes, forKey: .nodes)
  }
}
