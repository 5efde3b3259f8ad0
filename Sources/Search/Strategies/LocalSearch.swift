public import Architecture

/// Hill climbing: try all neighbours of the best place, go to the best of them, start anew at a
/// random place when none is better.
///
/// No candidate is tried twice; what a climb meets again keeps the outcome that it had.
///
/// Source: C. White et al., "Exploring the Loss Landscape in Neural Architecture Search", UAI 2021,
/// Algorithm 1; the fresh start is theirs too.
public struct LocalSearch<Space: SearchSpace, Generator: RandomNumberGenerator>: Strategy {
  private let space: Space
  private var generator: Generator
  private var known: [Space.Candidate: Double] = [:]

  /// Where the climb stands; `nil` before its first outcome.
  private var summit: Space.Candidate?

  /// The neighbours of the summit that are still to be tried, the next one last.
  private var waiting: [Space.Candidate] = []

  /// The best neighbour of the summit so far.
  private var best: Space.Candidate?

  /// What a failed candidate counts as.
  private static var failed: Double { -.infinity }

  private static var patience: Int { 10_000 }

  public init(in space: Space, using generator: Generator) {
    self.space = space
    self.generator = generator
  }

  public mutating func propose() -> Space.Candidate? {
    while summit != nil {
      if let next = waiting.popLast() { return next }
      climb()
    }
    guard Double(known.count) < space.count else { return nil }
    for _ in 0..<Self.patience {
      let start = space.sample(using: &generator)
      if known[start] == nil { return start }
    }
    return nil
  }

  public mutating func observe(_ trial: Trial<Space.Candidate>) {
    let score = trial.estimate?.dice ?? Self.failed
    known[trial.genotype] = score
    if summit == nil {
      stand(on: trial.genotype)
    } else {
      compare(trial.genotype)
    }
  }

  /// Goes to the best neighbour when it is better, and gives the climb up when it is not.
  private mutating func climb() {
    guard let summit, let best, score(of: best) > score(of: summit) else {
      summit = nil
      return
    }
    stand(on: best)
  }

  private mutating func stand(on candidate: Space.Candidate) {
    summit = candidate
    best = nil
    let neighbours = space.neighbours(of: candidate)
    for neighbour in neighbours where known[neighbour] != nil { compare(neighbour) }
    waiting = neighbours.filter { known[$0] == nil }.shuffled(using: &generator)
  }

  private mutating func compare(_ candidate: Space.Candidate) {
    guard let best else {
      best = candidate
      return
    }
    if score(of: candidate) > score(of: best) { self.best = candidate }
  }

  private func score(of candidate: Space.Candidate) -> Double {
    known[candidate] ?? Self.failed
  }
}
