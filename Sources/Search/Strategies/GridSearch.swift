public import Architecture

/// Every architecture of a space once, in an order that spreads over the space from the start.
///
/// Of candidates that are the same network under another name only the first is tried. Nothing here
/// is random: the order is the space's.
///
/// Source: the exhaustive search that J. Bergstra, Y. Bengio, "Random Search for Hyper-Parameter
/// Optimization", JMLR 13, 2012, compare with; the order is that of ``Architecture/CodeSequence``.
public struct GridSearch<Space: SearchSpace>: Strategy {
  private let space: Space
  private var codes: CodeSequence
  private var seen: Set<String> = []

  public init(in space: Space) {
    self.space = space
    codes = CodeSequence(places: space.places)
  }

  public mutating func propose() -> Space.Candidate? {
    while let code = codes.next() {
      guard let candidate = space.candidate(from: code) else { continue }
      if seen.insert(space.canonicalForm(of: candidate)).inserted { return candidate }
    }
    return nil
  }

  /// A grid learns nothing.
  public mutating func observe(_ trial: Trial<Space.Candidate>) {}
}
