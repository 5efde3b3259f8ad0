/// The networks of a space of fusion cells, chains or branches, for the same modalities: the designs that a
/// search may choose from.
public enum NetworkSpace: SearchSpace {
  case fusionCells(FusionCellSpace)
  case chains(ChainSpace, modalities: [String])
  case branches(BranchedSpace, modalities: [String])

  /// The names of the modalities, in the order of the networks' inputs.
  public var modalities: [String] {
    switch self {
    case .fusionCells(let space): space.modalities
    case .chains(_, let modalities), .branches(_, let modalities): modalities
    }
  }

  /// The space of fusion cells, where it is one.
  public var fusionCells: FusionCellSpace? {
    if case .fusionCells(let space) = self { space } else { nil }
  }

  private var designs: any SearchSpace<NetworkDesign> {
    switch self {
    case .fusionCells(let space):
      return Designs(space: space, design: { .fused($0) }, candidate: \.genotype)
    case .chains(let space, let modalities):
      return Designs(space: space, design: { .chain(modalities, $0) }) { design in
        guard case .chain(modalities, let chain) = design else { return nil }
        return chain
      }
    case .branches(let space, let modalities):
      return Designs(space: space, design: { .branched(modalities, $0) }) { design in
        guard case .branched(modalities, let branches) = design else { return nil }
        return branches
      }
    }
  }

  public var count: Double { designs.count }

  public var places: [Int] { designs.places }

  public func code(of candidate: NetworkDesign) -> [Int]? { designs.code(of: candidate) }

  public func candidate(from code: [Int]) -> NetworkDesign? { designs.candidate(from: code) }

  public func isSettled(after choices: [Int]) -> Bool { designs.isSettled(after: choices) }

  public func canonicalForm(of candidate: NetworkDesign) -> String {
    designs.canonicalForm(of: candidate)
  }

  public func sample(using generator: inout some RandomNumberGenerator) -> NetworkDesign {
    designs.sample(using: &generator)
  }

  public func mutate(
    _ candidate: NetworkDesign, using generator: inout some RandomNumberGenerator
  ) -> NetworkDesign { designs.mutate(candidate, using: &generator) }

  public func crossover(
    _ first: NetworkDesign, _ second: NetworkDesign,
    using generator: inout some RandomNumberGenerator
  ) -> NetworkDesign { designs.crossover(first, second, using: &generator) }

  public func neighbours(of candidate: NetworkDesign) -> [NetworkDesign] {
    designs.neighbours(of: candidate)
  }
}

/// A space whose candidates are written as designs.
private struct Designs<Base: SearchSpace>: SearchSpace {
  let space: Base
  let design: @Sendable (Base.Candidate) -> NetworkDesign

  /// `nil` for a design of another kind or of other modalities.
  let candidate: @Sendable (NetworkDesign) -> Base.Candidate?

  var count: Double { space.count }

  var places: [Int] { space.places }

  func code(of design: NetworkDesign) -> [Int]? { candidate(design).flatMap(space.code) }

  func candidate(from code: [Int]) -> NetworkDesign? { space.candidate(from: code).map(design) }

  func isSettled(after choices: [Int]) -> Bool { space.isSettled(after: choices) }

  func canonicalForm(of design: NetworkDesign) -> String {
    space.canonicalForm(of: own(design))
  }

  func sample(using generator: inout some RandomNumberGenerator) -> NetworkDesign {
    design(space.sample(using: &generator))
  }

  func mutate(
    _ design: NetworkDesign, using generator: inout some RandomNumberGenerator
  ) -> NetworkDesign { self.design(space.mutate(own(design), using: &generator)) }

  func crossover(
    _ first: NetworkDesign, _ second: NetworkDesign,
    using generator: inout some RandomNumberGenerator
  ) -> NetworkDesign { design(space.crossover(own(first), own(second), using: &generator)) }

  func neighbours(of design: NetworkDesign) -> [NetworkDesign] {
    space.neighbours(of: own(design)).map(self.design)
  }

  /// The candidate of a design that must be in the space.
  private func own(_ design: NetworkDesign) -> Base.Candidate {
    guard let own = candidate(design) else {
      preconditionFailure("the space does not contain \(design)")
    }
    return own
  }
}
