import Architecture

/// The spaces that a pipeline can name.
public enum SpaceName: String, Codable, CaseIterable, Sendable {
  /// An encoder per modality, and cells that fuse their features.
  case fusionCells

  /// Encoders and decoders whose every stage is free, with the modalities as channels.
  case chains

  /// Blocks at full resolution that may read any before them, with the modalities as channels.
  case branches
}

extension SearchOptions {
  /// The space that the options name.
  ///
  /// - Throws: `ArchitectureError` when it holds nothing.
  func makeSpace(
    modalities: [String], levels: Int
  ) throws(ArchitectureError) -> NetworkSpace {
    switch space {
    case .fusionCells:
      .fusionCells(
        try FusionCellSpace(
          modalities: modalities, levels: levels, nodes: 1...max(1, nodes),
          sharedCell: sharedCell,
          vocabulary: CellVocabulary(
            operations: operations, combinations: combinations,
            representations: allRepresentations())))
    case .chains: .chains(try chains.space(), modalities: modalities)
    case .branches: .branches(try branches.space(), modalities: modalities)
    }
  }

  /// Every representation that the options name.
  private func allRepresentations() throws(ArchitectureError) -> [Representation] {
    var all: [Representation] = representations.contains(.joint) ? [.joint] : []
    guard representations.contains(.coordinated) else { return all }
    for constraint in constraints {
      for weight in weights {
        all.append(.coordinated(try Coordination(constraint, weight: weight)))
      }
    }
    return all
  }

  /// Refuses what only fusion cells know, where the space is another.
  ///
  /// - Parameter deepSupervision: Whether a training has losses at coarser levels too.
  func checkSpace(deepSupervision: Bool) throws(SearchError) {
    try checkThatSettingsAreUsed()
    guard space != .fusionCells else { return }
    let name = "\"space\": \"\(space.rawValue)\""
    if strategy.differentiable != nil {
      throw .notTogether(
        "\"strategy\": \"\(strategy.rawValue)\"", name,
        reason: "the strategy follows gradients through a supernet, which holds fusion cells only")
    }
    if estimator == .sharedWeights {
      throw .notTogether(
        "\"estimator\": \"\(estimator.rawValue)\"", name,
        reason: "the weights are those of a supernet, which holds fusion cells only")
    }
    if needsLatency {
      throw .notTogether(
        latencyLimit > 0 ? "\"latencyLimit\"" : "\"objective\": \"latency\"", name,
        reason: "latencies are foretold from the parts of fusion cells")
    }
    if deepSupervision {
      throw .notTogether(
        "\"deepSupervision\": true", name, reason: "its networks have a single output")
    }
  }
}
