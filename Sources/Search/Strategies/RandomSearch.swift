public import Architecture

/// Candidates drawn uniformly from a space, none of them twice.
///
/// Source: the baseline of L. Li, A. Talwalkar, "Random Search and Reproducibility for Neural
/// Architecture Search", UAI 2019.
public struct RandomSearch<Space: SearchSpace, Generator: RandomNumberGenerator>: Strategy {
  private let space: Space
  private var generator: Generator
  private var seen: Set<Space.Candidate> = []

  /// After so many draws in a row that were all known, the space counts as used up.
  private static var patience: Int { 10_000 }

  public init(in space: Space, using generator: Generator) {
    self.space = space
    self.generator = generator
  }

  public mutating func propose() -> Space.Candidate? {
    guard Double(seen.count) < space.count else { return nil }
    for _ in 0..<Self.patience {
      let candidate = space.sample(using: &generator)
      if seen.insert(candidate).inserted { return candidate }
    }
    return nil
  }

  /// Random search learns nothing.
  public mutating func observe(_ trial: Trial<Space.Candidate>) {}
}
