public import Architecture

/// Says how good a genotype is.
public protocol Estimator {
  /// - Throws: Whatever makes this one candidate impossible to judge; the search goes on without it.
  mutating func estimate(_ genotype: Genotype) throws -> Estimate
}
