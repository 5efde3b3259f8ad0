/// Which of a region's vectors a probe reads, and as what.
public enum ProbeView: Hashable, Sendable {
  /// One modality alone.
  case single(String)

  /// All modalities side by side.
  case concatenated(Filling)

  /// All but one side by side: what a probe reads that never knew the one that is withheld.
  case remaining(without: String)

  /// The mean of those that are present: meaningful where the modalities share a space.
  case mean

  /// What the network fused.
  case fused

  /// The joint layer of a multimodal deep Boltzmann machine.
  case joint

  /// What stands in the place of a modality that a sample lacks.
  public enum Filling: String, Hashable, Sendable {
    /// The means of the training samples.
    case means

    case zeros

    /// What a Boltzmann machine expects given the modalities that are there.
    case machine
  }

  /// Whether it takes a Boltzmann machine.
  var needsMachine: Bool { self == .joint || self == .concatenated(.machine) }

  public var title: String {
    switch self {
    case .single(let name): "\(name) alone"
    case .concatenated(.means): "concatenated"
    case .concatenated(.zeros): "concatenated, zeros filled in"
    case .concatenated(.machine): "concatenated, infilled by the machine"
    case .remaining(let name): "all but \(name), learnt without it"
    case .mean: "mean"
    case .fused: "fused by the network"
    case .joint: "joint layer of the machine"
    }
  }
}
