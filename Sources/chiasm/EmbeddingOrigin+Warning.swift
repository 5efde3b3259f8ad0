import Training

extension EmbeddingOrigin {
  /// What must be known of figures about these cases: whether the network has learnt from some of them.
  func warning(about names: [String]) -> String? {
    guard let learnt = trainingCases.map(Set.init) else { return nil }
    let seen = Set(names).intersection(learnt)
    guard !seen.isEmpty else { return nil }
    return
      "the network was trained on \(seen.count) of these \(Set(names).count) cases; others say more "
      + "about it."
  }
}
