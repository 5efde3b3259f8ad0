extension Array {
  /// An element drawn uniformly.
  ///
  /// - Precondition: There is one.
  func pick(using generator: inout some RandomNumberGenerator) -> Element {
    self[Int.random(in: indices, using: &generator)]
  }
}
