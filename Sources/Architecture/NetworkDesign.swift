/// Which network is built: the fused one, or a baseline that needs no fusion cell.
///
/// As JSON it is an object with a `kind`; a plain ``Genotype`` without one is a fused design.
public enum NetworkDesign: Hashable, Sendable {
  /// One encoder per modality and a fusion cell per level.
  case fused(Genotype)

  /// One encoder that reads all modalities as channels.
  case early([String])

  /// One encoder of one modality.
  case single(String)

  /// The modalities the network reads, in the order of its inputs.
  public var modalities: [String] {
    switch self {
    case .fused(let genotype): genotype.modalities
    case .early(let names): names
    case .single(let name): [name]
    }
  }

  /// Whether each modality has an effect on the output: a genotype may name one that no cell reads.
  public var isRead: [Bool] {
    guard case .fused(let genotype) = self else { return modalities.map { _ in true } }
    return genotype.modalities.indices.map(genotype.reads)
  }

  /// A short name for tables: `fused`, `early fusion` or the name of the single modality.
  public var title: String {
    switch self {
    case .fused: "fused"
    case .early: "early fusion"
    case .single(let name): "only \(name)"
    }
  }

  /// Checks that the design can be built on so many levels.
  ///
  /// - Throws: ``ArchitectureError`` when a modality has no name or appears twice, or a genotype
  ///   has neither one cell nor one per level.
  public func check(levels: Int) throws(ArchitectureError) {
    try Genotype.check(modalities: modalities)
    if case .fused(let genotype) = self { try genotype.check(levels: levels) }
  }
}

extension NetworkDesign: CustomStringConvertible {
  /// One line: the genotype's, or the modalities of a baseline.
  public var description: String {
    switch self {
    case .fused(let genotype): genotype.description
    case .early(let names): "early fusion of \(names.joined(separator: ", "))"
    case .single(let name): "only \(name)"
    }
  }
}

extension NetworkDesign: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable {
    case kind, modalities, modality, cells
  }

  private enum Kind: String, Codable, CaseIterable {
    case fused, early, single
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    switch try Self.kind(in: fields) {
    case .fused:
      self = .fused(try Genotype(from: decoder))
    case .early:
      try decoder.refuseKeys(otherThan: EarlyKeys.self, in: "an early design")
      let names = try fields.decode([String].self, forKey: .modalities)
      try Genotype.check(modalities: names)
      self = .early(names)
    case .single:
      try decoder.refuseKeys(otherThan: SingleKeys.self, in: "a single design")
      let name = try fields.decode(String.self, forKey: .modality)
      try Genotype.check(modalities: [name])
      self = .single(name)
    }
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
    }
  }

  private enum EarlyKeys: String, CodingKey, CaseIterable {
    case kind, modalities
  }

  private enum SingleKeys: String, CodingKey, CaseIterable {
    case kind, modality
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
