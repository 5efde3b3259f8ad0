public import Architecture

/// Says how good a candidate is.
public protocol Estimator<Candidate> {
  associatedtype Candidate: SearchCandidate

  /// - Throws: Whatever makes this one candidate impossible to judge; the search goes on without it.
  mutating func estimate(_ candidate: Candidate) throws -> Estimate
}
