import Architecture
import Foundation

/// How well the memory of trainings was foretold.
public struct MemoryCheck: Hashable, Sendable {
  /// The trainings that were measured.
  public let trainings: Int

  /// The mean of |foretold − measured| / measured.
  public let meanRelativeError: Double

  /// The mean of (foretold − measured) / measured: above 0 where too much was foretold.
  public let meanRelativeBias: Double

  /// `nil` below three trainings.
  public let correlation: RankCorrelations?

  /// - Parameter trials: Copies of others, and those that were not measured, do not count.
  /// - Returns: `nil` when none counts.
  public init?<Candidate>(of trials: [Trial<Candidate>]) {
    let pairs = trials.filter { $0.copyOf == nil }.compactMap(\.estimate)
      .compactMap { estimate -> (foretold: Double, measured: Double)? in
        guard let foretold = estimate.memory, let measured = estimate.measuredMemory, measured > 0
        else { return nil }
        return (foretold, measured)
      }
    guard !pairs.isEmpty else { return nil }
    let errors = pairs.map { ($0.foretold - $0.measured) / $0.measured }
    trainings = pairs.count
    meanRelativeError = errors.reduce(0) { $0 + abs($1) } / Double(errors.count)
    meanRelativeBias = errors.reduce(0, +) / Double(errors.count)
    correlation = RankCorrelations(pairs.map(\.foretold), pairs.map(\.measured))
  }

  /// For the report.
  var sentence: String {
    String(
      format:
        "By as much as the process grew in the first two steps of %d training(s) it was wrong by %.0f %% on "
        + "average (%+.0f %% with its sign)", trainings, 100 * meanRelativeError,
      100 * meanRelativeBias)
      + (correlation.map { ", with rank correlations of \($0)." } ?? ".")
  }

  /// For the report, where nothing was measured.
  static let absence = "No training was measured to compare it with."
}
