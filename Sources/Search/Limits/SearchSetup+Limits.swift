import Architecture
import Training

extension SearchSetup {
  /// What no network may exceed.
  ///
  /// - Parameter latency: Foretells latencies, where they are limited.
  func limits(latency: LatencyTable?) -> [CostLimit<NetworkDesign>] {
    run.options.limits.map { limit in
      CostLimit(key: limit.key, most: limit.most) { design in
        switch limit.key {
        case .latencyLimit: try latency?.prediction(for: design) ?? 0
        case .parameterLimit: Double(plan.cost(of: design).parameters)
        case .multiplyAddLimit: plan.cost(of: design).multiplyAdds
        case .memoryLimit: trainingMemory(of: design) / 1_048_576
        }
      }
    }
  }

  /// The bytes that a step of a network's training takes at its peak, foretold.
  func trainingMemory(of design: NetworkDesign) -> Double {
    plan.trainingMemory(of: design, under: run.trainingOptions)
  }

  /// Adds to an estimate what was foretold and somebody wants to know.
  func foretell(
    _ design: NetworkDesign, latency: LatencyTable?, in estimate: inout Estimate
  ) throws {
    estimate.latency = try latency?.prediction(for: design)
    if run.options.needsMemory { estimate.memory = trainingMemory(of: design) }
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
