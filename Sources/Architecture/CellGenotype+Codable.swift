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

  private enum CoordinatedKeys: String, CodingKey, CaseIterable {
    case representation, constraint, weight, inputs, nodes
  }

  /// Reads a cell; `representation` may be left out and is then ``Representation/joint``. A
  /// coordinated cell also has a `constraint` and its `weight`.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CoordinatedKeys.self)
    let name = try fields.decodeIfPresent(Representation.Kind.self, forKey: .representation)
    var representation = Representation.joint
    if name == .coordinated {
      try decoder.refuseKeys(otherThan: CoordinatedKeys.self, in: "a coordinated cell")
      try decoder.requireKeys(CoordinatedKeys.allCases, in: "a coordinated cell")
      representation = .coordinated(
        try Coordination(
          fields.decode(Constraint.self, forKey: .constraint),
          weight: fields.decode(Double.self, forKey: .weight)))
    } else {
      try decoder.refuseKeys(otherThan: CodingKeys.self, in: "a cell")
      try decoder.requireKeys([CodingKeys.inputs, .nodes], in: "a cell")
    }
    try self.init(
      inputs: fields.decode(Int.self, forKey: .inputs),
      nodes: fields.decode([Node].self, forKey: .nodes), representation: representation)
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CoordinatedKeys.self)
    try fields.encode(representation.name, forKey: .representation)
    if let coordination {
      try fields.encode(coordination.constraint, forKey: .constraint)
      try fields.encode(coordination.weight, forKey: .weight)
    }
    try fields.encode(inputs, forKey: .inputs)
    try fields.encode(nodes, forKey: .nodes)
  }
}
