import Architecture
import Training

extension SearchSetup {
  /// What no genotype may exceed.
  ///
  /// - Parameter latency: Foretells latencies, where they are limited.
  func limits(latency: LatencyTable?) -> [CostLimit<Genotype>] {
    run.options.limits.map { limit in
      CostLimit(key: limit.key, most: limit.most) { genotype in
        switch limit.key {
        case .latencyLimit: try latency?.prediction(for: genotype) ?? 0
        case .parameterLimit: Double(plan.cost(of: .fused(genotype)).parameters)
        case .multiplyAddLimit: plan.cost(of: .fused(genotype)).multiplyAdds
        case .memoryLimit: trainingMemory(of: genotype) / 1_048_576
        }
      }
    }
  }

  /// The bytes that a step of a genotype's training takes at its peak, foretold.
  func trainingMemory(of genotype: Genotype) -> Double {
    plan.trainingMemory(of: .fused(genotype), under: run.trainingOptions)
  }

  /// Adds to an estimate what was foretold and somebody wants to know.
  func foretell(
    _ genotype: Genotype, latency: LatencyTable?, in estimate: inout Estimate
  ) throws {
    estimate.latency = try latency?.prediction(for: genotype)
    if run.options.needsMemory { estimate.memory = trainingMemory(of: genotype) }
  }
}

extension Strategy {
  /// The same strategy, proposing nothing that exceeds a limit.
  func limited(
    by limits: [CostLimit<Candidate>], counting tally: LimitTally
  ) -> any Strategy<Candidate> {
    limits.isEmpty ? self : LimitedStrategy(self, limits: limits, tally: tally)
  }
}
