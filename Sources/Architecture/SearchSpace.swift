/// What a value must be able to do to be searched for: be compared, kept, written and printed.
public typealias SearchCandidate = Codable & CustomStringConvertible & Hashable & Sendable

/// The set of architectures a search may choose from.
///
/// A space knows every candidate in two forms: the value itself, and its code, a list of choices of
/// fixed length. The code makes enumeration, crossover and the numbers that a surrogate learns from
/// the same for all spaces; they are written once, in the extensions.
public protocol SearchSpace<Candidate>: Sendable {
  associatedtype Candidate: SearchCandidate

  /// The number of candidates; exact up to 2⁵³.
  var count: Double { get }

  /// The number of choices at each place of a code.
  var places: [Int] { get }

  /// The choices that make a candidate, one per place; `nil` when the space does not contain it.
  func code(of candidate: Candidate) -> [Int]?

  /// The candidate that a code stands for; `nil` when there is none. Two codes never stand for the
  /// same one.
  func candidate(from code: [Int]) -> Candidate?

  /// Whether nothing but the first choice makes a candidate at the next place of a code: what is there would
  /// describe a part that the choices before have left out.
  ///
  /// - Parameter choices: Those of the places before it; fewer than there are places.
  func isSettled(after choices: [Int]) -> Bool

  /// A text that candidates share when they are the same network under another name.
  func canonicalForm(of candidate: Candidate) -> String

  /// A candidate drawn uniformly from the space.
  func sample(using generator: inout some RandomNumberGenerator) -> Candidate

  /// A candidate that differs from the given one by a single change.
  ///
  /// - Returns: Another candidate of the space; the same one only when the space holds no other.
  /// - Precondition: The space contains `candidate`.
  func mutate(_ candidate: Candidate, using generator: inout some RandomNumberGenerator)
    -> Candidate

  /// A candidate that takes its choices from two others.
  ///
  /// - Precondition: The space contains both parents.
  func crossover(
    _ first: Candidate, _ second: Candidate, using generator: inout some RandomNumberGenerator
  ) -> Candidate

  /// The candidates that differ from the given one by a single small change, none of them twice.
  ///
  /// - Precondition: The space contains `candidate`.
  func neighbours(of candidate: Candidate) -> [Candidate]
}

extension SearchSpace {
  /// Whether a candidate belongs to the space.
  public func contains(_ candidate: Candidate) -> Bool { code(of: candidate) != nil }

  public func isSettled(after choices: [Int]) -> Bool { false }

  /// A candidate as numbers of fixed count for a surrogate to learn from: a one for every choice
  /// made, a zero for every other.
  ///
  /// - Precondition: The space contains `candidate`.
  public func features(of candidate: Candidate) -> [Double] {
    var features: [Double] = []
    for (choice, choices) in zip(validCode(of: candidate), places) {
      features += (0..<choices).map { $0 == choice ? 1 : 0 }
    }
    return features
  }

  /// A candidate that takes every choice from one parent or the other, each with the same chance.
  ///
  /// Mixtures that the space does not hold are drawn again; when none is found, it is one of the
  /// parents.
  ///
  /// - Precondition: The space contains both parents.
  ///
  /// Source: the uniform crossover of G. Syswerda, "Uniform Crossover in Genetic Algorithms", ICGA
  /// 1989.
  public func crossover(
    _ first: Candidate, _ second: Candidate, using generator: inout some RandomNumberGenerator
  ) -> Candidate {
    let codes = (validCode(of: first), validCode(of: second))
    for _ in 0..<64 {
      let mixture = zip(codes.0, codes.1).map { Bool.random(using: &generator) ? $0 : $1 }
      if let child = candidate(from: mixture) { return child }
    }
    return Bool.random(using: &generator) ? first : second
  }

  /// The code of a candidate that must be in the space.
  private func validCode(of candidate: Candidate) -> [Int] {
    guard let code = code(of: candidate) else {
      preconditionFailure("the space does not contain \(candidate)")
    }
    return code
  }
}
