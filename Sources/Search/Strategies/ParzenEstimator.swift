public import Architecture
import Foundation
import Randomness

/// The tree-structured Parzen estimator in the form of BOHB: candidates that look like the best and
/// unlike the others come next.
///
/// The best 15 per cent of the trials and the others each have a kernel density over codes; of some
/// draws from the density of the best, made wider, the one with the highest ratio of the two densities
/// is tried. Now and then a random candidate is. Nothing is tried that is the same network as one
/// before it.
///
/// Source: S. Falkner, A. Klein, F. Hutter, "BOHB: Robust and Efficient Hyperparameter Optimization at
/// Scale", ICML 2018, section 3 and Algorithm 2; J. Bergstra et al., "Algorithms for Hyper-Parameter
/// Optimization", NIPS 2011; the kernel of J. Aitchison, C. Aitken, "Multivariate Binary Discrimination
/// by the Kernel Method", Biometrika 63, 1976.
public struct ParzenEstimator<Space: SearchSpace, Generator: RandomNumberGenerator>: Strategy {
  private let space: Space
  private let initialSize: Int
  private let draws: Int
  private let randomShare: Double
  private var generator: Generator
  private var seen: Set<String> = []
  private var trials: [(code: [Int], score: Double)] = []

  /// Which part of the trials counts as the best.
  private static var goodShare: Double { 0.15 }

  /// By how much the density that is drawn from is wider.
  private static var widening: Double { 3 }

  private static var patience: Int { 1_000 }

  /// - Parameters:
  ///   - initialSize: How many random candidates come first.
  ///   - draws: Among how many draws is chosen.
  ///   - randomShare: How many of the later candidates are random.
  public init(
    in space: Space, initialSize: Int, draws: Int = 64, randomShare: Double = 1.0 / 3,
    using generator: Generator
  ) {
    precondition(initialSize > 1 && draws > 0, "two candidates to begin with, and one to choose")
    self.space = space
    self.initialSize = initialSize
    self.draws = draws
    self.randomShare = randomShare
    self.generator = generator
  }

  public mutating func propose() -> Space.Candidate? {
    let isRandom = trials.count < initialSize || generator.chance(randomShare)
    let chosen = isRandom ? nil : mostPromising()
    guard let candidate = chosen ?? unseen() else { return nil }
    seen.insert(space.canonicalForm(of: candidate))
    return candidate
  }

  public mutating func observe(_ trial: Trial<Space.Candidate>) {
    guard let estimate = trial.estimate, let code = space.code(of: trial.genotype) else { return }
    trials.append((code, estimate.dice))
  }

  private mutating func unseen() -> Space.Candidate? {
    for _ in 0..<Self.patience {
      let candidate = space.sample(using: &generator)
      if !seen.contains(space.canonicalForm(of: candidate)) { return candidate }
    }
    return nil
  }

  private mutating func mostPromising() -> Space.Candidate? {
    let ranking = trials.sorted { $0.score > $1.score }.map(\.code)
    let most = max(1, ranking.count - 1)
    let goodCount = min(most, max(2, Int(Self.goodShare * Double(ranking.count))))
    let good = CodeDensity(of: Array(ranking[..<goodCount]), places: space.places)
    let rest = CodeDensity(of: Array(ranking[goodCount...]), places: space.places)
    var best: (candidate: Space.Candidate, logRatio: Double)?
    for _ in 0..<draws {
      let code = good.sample(widening: Self.widening, using: &generator)
      guard let candidate = space.candidate(from: code),
        !seen.contains(space.canonicalForm(of: candidate))
      else { continue }
      let logRatio = good.logDensity(at: code) - rest.logDensity(at: code)
      if logRatio > best?.logRatio ?? -.infinity { best = (candidate, logRatio) }
    }
    return best?.candidate
  }
}

/// A kernel density over codes.
struct CodeDensity {
  private let places: [Int]
  private let centres: [[Int]]

  /// How much of a kernel's mass lies on the other choices of each place.
  private let widths: [Double]

  /// - Parameter centres: One code or more.
  init(of centres: [[Int]], places: [Int]) {
    precondition(!centres.isEmpty, "a density of no codes")
    self.centres = centres
    self.places = places
    // Scott's rule, as for numbers; a kernel over all choices alike is the widest there can be.
    let width = pow(Double(centres.count), -1 / Double(4 + places.count))
    widths = places.map { choices in
      let widest = Double(choices - 1) / Double(choices)
      return widest * width
    }
  }

  /// The logarithm of the density: over dozens of places the density itself is too small a number.
  func logDensity(at code: [Int]) -> Double {
    let logs = centres.map { centre in
      places.indices.reduce(0.0) { sum, place in
        guard places[place] > 1 else { return sum }
        let width = widths[place]
        return sum
          + log(code[place] == centre[place] ? 1 - width : width / Double(places[place] - 1))
      }
    }
    let most = logs.max() ?? 0
    return most + log(logs.reduce(0) { $0 + exp($1 - most) } / Double(centres.count))
  }

  /// Draws a code.
  ///
  /// - Parameter widening: By what the kernels are wider, never wider than all choices alike.
  func sample(widening: Double, using generator: inout some RandomNumberGenerator) -> [Int] {
    let centre = centres[Int.random(in: centres.indices, using: &generator)]
    return places.indices.map { place in
      let choices = places[place]
      let widest = Double(choices - 1) / Double(choices)
      guard choices > 1, generator.chance(min(widening * widths[place], widest)) else {
        return centre[place]
      }
      let other = Int.random(in: 0..<(choices - 1), using: &generator)
      return other < centre[place] ? other : other + 1
    }
  }
}
