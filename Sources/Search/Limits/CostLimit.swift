/// The most that a candidate's network may cost, which is worked out before it is built.
struct CostLimit<Candidate> {
  let key: LimitKey

  /// In the unit of the key.
  let most: Double
  let cost: (Candidate) throws -> Double
}
