/// Which network is built: a fused one, a network of another space, or a baseline that needs no fusion cell.
///
/// As JSON it is an object with a `kind`; a plain ``Genotype`` without one is a fused design.
public enum NetworkDesign: Hashable, Sendable {
  /// One encoder per modality and a fusion cell per level.
  case fused(Genotype)

  /// One encoder that reads all modalities as channels.
  case early([String])

  /// One encoder of one modality.
  case single(String)

  /// A chain of stages that reads these modalities as channels.
  case chain([String], ChainGenotype)

  /// A branched network that reads these modalities as channels.
  case branched([String], BranchedGenotype)

  /// The modalities the network reads, in the order of its inputs.
  public var modalities: [String] {
    switch self {
    case .fused(let genotype): genotype.modalities
    case .early(let names), .chain(let names, _), .branched(let names, _): names
    case .single(let name): [name]
    }
  }

  /// The fusion, where the design is one.
  public var genotype: Genotype? {
    if case .fused(let genotype) = self { genotype } else { nil }
  }

  /// Whether the network is built on the levels of a topology; others have stages of their own, and one
  /// output only.
  public var hasLevels: Bool {
    switch self {
    case .fused, .early, .single: true
    case .chain, .branched: false
    }
  }

  /// Whether each modality has an effect on the output: a genotype may name one that no cell reads.
  public var isRead: [Bool] {
    guard let genotype else { return modalities.map { _ in true } }
    return genotype.modalities.indices.map(genotype.reads)
  }

  /// A short name for tables, such as `fused`, `early fusion`, `only ct` or `chain`.
  public var title: String {
    switch self {
    case .fused: "fused"
    case .early: "early fusion"
    case .single(let name): "only \(name)"
    case .chain: "chain"
    case .branched: "branched"
    }
  }

  /// Checks that the design can be built on a topology.
  ///
  /// - Throws: ``ArchitectureError`` when a modality has no name or appears twice, a genotype has neither
  ///   one cell nor one per level, or a network has too many weights.
  public func check(topology: Topology) throws(ArchitectureError) {
    try Genotype.check(modalities: modalities)
    if let genotype { try genotype.check(levels: topology.levels.count) }
    let found = Cost.of(self, topology: topology, patch: topology.reduction).parameters
    guard found <= Self.maximumParameters else {
      throw .tooManyParameters(found: found, allowed: Self.maximumParameters)
    }
  }

  /// More weights than this are refused before memory is asked for.
  static let maximumParameters = 1 << 30
}

extension NetworkDesign: CustomStringConvertible {
  /// One line: the genotype's, perhaps with its modalities, or those of a baseline.
  public var description: String {
    switch self {
    case .fused(let genotype): genotype.description
    case .early(let names): "early fusion of \(names.joined(separator: ", "))"
    case .single(let name): "only \(name)"
    case .chain(let names, let genotype): "chain of \(names.joined(separator: ", ")): \(genotype)"
    case .branched(let names, let genotype):
      "branches of \(names.joined(separator: ", ")): \(genotype)"
    }
  }
}
