import Architecture

extension SearchOptions {
  /// Refuses settings of networks that are not searched for, which would have no effect.
  ///
  /// A setting that is its default cannot be told from one that was left out.
  func checkThatSettingsAreUsed() throws(SearchError) {
    let space = "\"space\": \"\(space.rawValue)\""
    if self.space != .fusionCells {
      let reason = "it is a setting of fusion cells"
      try refuse("nodes", \.nodes, beside: space, reason)
      try refuse("sharedCell", \.sharedCell, beside: space, reason)
      try refuse("operations", \.operations, beside: space, reason)
      try refuse("combinations", \.combinations, beside: space, reason)
      try refuse("representations", \.representations, beside: space, reason)
      try refuse("constraints", \.constraints, beside: space, reason)
      try refuse("weights", \.weights, beside: space, reason)
    }
    if self.space != .chains {
      try refuse("chains", \.chains, beside: space, "it is a setting of chains")
    }
    if self.space != .branches {
      try refuse("branches", \.branches, beside: space, "it is a setting of branched networks")
    }
    if !representations.contains(.coordinated) {
      let other = "\"representations\": [\"joint\"]"
      let reason = "only coordinated cells are tied"
      try refuse("constraints", \.constraints, beside: other, reason)
      try refuse("weights", \.weights, beside: other, reason)
    }
    if representations == [.coordinated] {
      let other = "\"representations\": [\"coordinated\"]"
      let reason = "a coordinated cell is the mean of one node"
      try refuse("combinations", \.combinations, beside: other, reason)
    }
  }

  private func refuse<Value: Equatable>(
    _ key: String, _ setting: KeyPath<SearchOptions, Value>, beside other: String, _ reason: String
  ) throws(SearchError) {
    guard self[keyPath: setting] != SearchOptions()[keyPath: setting] else { return }
    throw .notTogether("\"\(key)\"", other, reason: reason)
  }
}
