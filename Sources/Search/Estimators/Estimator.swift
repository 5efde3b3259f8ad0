public import Architecture

/// Says how good a candidate is.
public protocol Estimator<Candidate> {
  associatedtype Candidate: SearchCandidate

  /// - Throws: Whatever makes this one candidate impossible to judge; the search goes on without it.
  mutating func estimate(_ candidate: Candidate) throws -> Estimate
}

/// Says how good a candidate is with as much work as it is told.
public protocol ScalableEstimator<Candidate>: Estimator {
  /// - Throws: Whatever makes this one candidate impossible to judge; the search goes on without it.
  mutating func estimate(_ candidate: Candidate, with effort: Effort) throws -> Estimate
}

extension ScalableEstimator {
  public mutating func estimate(_ candidate: Candidate) throws -> Estimate {
    try estimate(candidate, with: Effort())
  }
}
