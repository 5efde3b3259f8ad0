public import Architecture

/// The trials that no other trial beats in every respect.
public struct ParetoFront<Candidate: SearchCandidate>: Sendable {
  /// The best first by the first objective; of trials that are equal in all, only the earliest.
  public let trials: [Trial<Candidate>]

  /// - Parameter objectives: By what they are compared.
  /// - Complexity: O(*n*²) in the number of trials.
  public init(of trials: [Trial<Candidate>], by objectives: [Objective]) {
    let rated = trials.compactMap { trial in
      trial.estimate.map { (trial: trial, costs: objectives.costs(of: $0)) }
    }
    var front: [(trial: Trial<Candidate>, costs: [Double])] = []
    for (index, entry) in rated.enumerated() {
      let isBeaten = rated.contains { $0.costs.dominates(entry.costs) }
      let isRepeated = rated[..<index].contains { $0.costs == entry.costs }
      if !isBeaten, !isRepeated { front.append(entry) }
    }
    self.trials = front.sorted { $0.costs.lexicographicallyPrecedes($1.costs) }.map(\.trial)
  }
}

extension [Objective] {
  /// The cost of each.
  func costs(of estimate: Estimate) -> [Double] { map { $0.cost(of: estimate) } }
}

extension [Double] {
  /// Whether these costs are nowhere higher than others, and somewhere lower.
  func dominates(_ others: [Double]) -> Bool {
    self != others && zip(self, others).allSatisfy { $0 <= $1 }
  }
}
