import Architecture
public import Networks

/// Where in a network features are taken from.
public struct FeatureSource: Codable, Hashable, Sendable {
  /// Of what kind the features of a modality are.
  public enum Kind: String, Codable, CaseIterable, Sendable {
    /// What the modality's encoder gives.
    case encoder

    /// What the constraint of a coordinated level ties together.
    case projection
  }

  /// 0 is the finest.
  public let level: Int
  public let kind: Kind

  public init(level: Int, kind: Kind) {
    self.level = level
    self.kind = kind
  }

  /// Chooses what is left open: the deepest coordinated level, or the deepest level of all where none
  /// is coordinated; projections on a coordinated level, the encoders' features elsewhere.
  ///
  /// - Throws: ``TrainingError/badFeatureSource(problem:)`` when the network has no such level, or no
  ///   projections there.
  public init(
    of network: SegmentationNetwork, level: Int? = nil, kind: Kind? = nil
  ) throws(TrainingError) {
    guard network.hasLevels else {
      throw .badFeatureSource(
        problem:
          "the network '\(network.design.title)' has none of the levels that they are read from; "
          + "train a fused, early or single one")
    }
    let count = network.topology.levels.count
    let coordinated = network.coordinatedLevels
    let level = level ?? (kind == .encoder ? nil : coordinated.last) ?? count - 1
    guard (0..<count).contains(level) else {
      throw .badFeatureSource(
        problem: "the network has the levels 0 to \(count - 1), and not \(level)")
    }
    guard kind != .projection || coordinated.contains(level) else {
      throw .badFeatureSource(
        problem: coordinated.isEmpty
          ? "no level of the network is coordinated, so there are no projections"
          : "level \(level) of the network is not coordinated, so it has no projections; "
            + "coordinated: \(coordinated.map(String.init).joined(separator: ", "))")
    }
    self.level = level
    self.kind = kind ?? (coordinated.contains(level) ? .projection : .encoder)
  }
}
