extension NetworkDesign: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable {
    case kind, modalities, modality, cells, chain, branched
  }

  private enum Kind: String, Codable, CaseIterable {
    case fused, early, single, chain, branched
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    switch try Self.kind(in: fields) {
    case .fused:
      self = .fused(try Genotype(from: decoder))
    case .early:
      try decoder.refuseKeys(otherThan: EarlyKeys.self, in: "an early design")
      self = .early(try Self.modalities(in: fields))
    case .single:
      try decoder.refuseKeys(otherThan: SingleKeys.self, in: "a single design")
      let name = try fields.decode(String.self, forKey: .modality)
      try Genotype.check(modalities: [name])
      self = .single(name)
    case .chain:
      try decoder.refuseKeys(otherThan: ChainKeys.self, in: "a chain design")
      self = .chain(
        try Self.modalities(in: fields), try fields.decode(ChainGenotype.self, forKey: .chain))
    case .branched:
      try decoder.refuseKeys(otherThan: BranchedKeys.self, in: "a branched design")
      self = .branched(
        try Self.modalities(in: fields), try fields.decode(BranchedGenotype.self, forKey: .branched)
      )
    }
  }

  private static func modalities(
    in fields: KeyedDecodingContainer<CodingKeys>
  ) throws -> [String] {
    let names = try fields.decode([String].self, forKey: .modalities)
    try Genotype.check(modalities: names)
    return names
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .fused(let genotype):
      try fields.encode(Kind.fused, forKey: .kind)
      try genotype.encode(to: encoder)
    case .early(let names):
      try fields.encode(Kind.early, forKey: .kind)
      try fields.encode(names, forKey: .modalities)
    case .single(let name):
      try fields.encode(Kind.single, forKey: .kind)
      try fields.encode(name, forKey: .modality)
    case .chain(let names, let genotype):
      try fields.encode(Kind.chain, forKey: .kind)
      try fields.encode(names, forKey: .modalities)
      try fields.encode(genotype, forKey: .chain)
    case .branched(let names, let genotype):
      try fields.encode(Kind.branched, forKey: .kind)
      try fields.encode(names, forKey: .modalities)
      try fields.encode(genotype, forKey: .branched)
    }
  }

  private enum EarlyKeys: String, CodingKey, CaseIterable {
    case kind, modalities
  }

  private enum SingleKeys: String, CodingKey, CaseIterable {
    case kind, modality
  }

  private enum ChainKeys: String, CodingKey, CaseIterable {
    case kind, modalities, chain
  }

  private enum BranchedKeys: String, CodingKey, CaseIterable {
    case kind, modalities, branched
  }

  private static func kind(in fields: KeyedDecodingContainer<CodingKeys>) throws -> Kind {
    let known = Kind.allCases.map(\.rawValue)
    guard let name = try fields.decodeIfPresent(String.self, forKey: .kind) else {
      guard fields.contains(.cells) else { throw ArchitectureError.missingKind(known: known) }
      return .fused
    }
    guard let kind = Kind(rawValue: name) else {
      throw ArchitectureError.unknownName(concept: "kind", found: name, known: known)
    }
    return kind
  }
}
