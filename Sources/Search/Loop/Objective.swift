/// What a search may want: more of the first, less of the others.
public enum Objective: String, Codable, CaseIterable, Hashable, Sendable {
  case dice
  case parameters
  case multiplyAdds
  case seconds

  /// What a ``LatencyTable`` foretells.
  case latency

  /// What ``TrainingMemory`` foretells.
  case memory

  /// How far an estimate is from this wish; lower is better.
  public func cost(of estimate: Estimate) -> Double {
    switch self {
    case .dice: -estimate.dice
    case .parameters: Double(estimate.parameters)
    case .multiplyAdds: estimate.multiplyAdds
    case .seconds: estimate.seconds
    case .latency: estimate.latency ?? .infinity
    case .memory: estimate.memory ?? .infinity
    }
  }
}
