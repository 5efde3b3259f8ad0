import Foundation
import Randomness

/// What values the units of one layer of a Boltzmann machine take.
///
/// A unit's field is its bias plus what its neighbours send. A binary unit s with field f has the
/// energy −fs; a Gaussian one, real and of unit variance, s²/2 − fs. Features for Gaussian units are
/// to be standardised first, see ``Standardization``.
public enum BoltzmannUnits: String, Hashable, Sendable {
  case binary, gaussian

  /// The expected value in a field.
  func mean(_ field: Double) -> Double {
    switch self {
    case .binary: 1 / (1 + exp(-field))
    case .gaussian: field
    }
  }

  /// A value drawn in a field.
  func draw(_ field: Double, using generator: inout some RandomNumberGenerator) -> Double {
    switch self {
    case .binary: generator.chance(mean(field)) ? 1 : 0
    case .gaussian: generator.normal(mean: field)
    }
  }

  /// The logarithm of the sum (or integral) of exp(−energy) over all values in a field.
  func logPartition(_ field: Double) -> Double {
    switch self {
    case .binary: max(field, 0) + log1p(exp(-abs(field)))
    case .gaussian: 0.5 * (field * field + log(2 * .pi))
    }
  }

  /// The part of −energy that does not depend on the field.
  func selfTerm(_ value: Double) -> Double {
    switch self {
    case .binary: 0
    case .gaussian: -0.5 * value * value
    }
  }

  /// Entropy plus the expected ``selfTerm(_:)`` of the distribution with the given mean that is a
  /// coin's, or a Gaussian's of unit variance.
  func entropyTerm(mean: Double) -> Double {
    switch self {
    case .binary:
      -[mean, 1 - mean].reduce(0) { $0 + ($1 > 0 ? $1 * log($1) : 0) }
    case .gaussian: 0.5 * (log(2 * .pi) - mean * mean)
    }
  }
}
