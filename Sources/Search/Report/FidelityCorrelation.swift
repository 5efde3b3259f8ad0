import Architecture
import Foundation

/// How well the scores after little work order candidates as the scores after all of it do.
///
/// Only candidates that went on are known with both, and they went on because they scored well; over
/// all candidates the correlation is higher than among these.
public struct FidelityCorrelation: Hashable, Sendable {
  /// The number of candidates that were judged with the least and with the most work.
  public let pairs: Int

  /// The rank correlations over all pairs; `nil` below three.
  public let overall: RankCorrelations?

  /// The same among the tenth of the pairs with the highest final score; `nil` when that is below
  /// three.
  public let topDecile: RankCorrelations?

  /// - Parameter trials: Those that succeeded.
  init<Candidate>(of trials: [Trial<Candidate>]) {
    var most: [Candidate: Trial<Candidate>] = [:]
    var least: [Candidate: Trial<Candidate>] = [:]
    let highest = trials.map(\.share).max()
    let lowest = trials.map(\.share).min()
    for trial in trials where trial.estimate?.prediction == nil {
      if trial.share == highest { most[trial.genotype] = trial }
      if trial.share == lowest { least[trial.genotype] = trial }
    }
    let scores =
      highest == lowest
      ? []
      : most.values.sorted { $0.number < $1.number }
        .compactMap { trial -> (early: Double, final: Double)? in
          guard let early = least[trial.genotype]?.estimate, let final = trial.estimate else {
            return nil
          }
          return (early.dice, final.dice)
        }
    pairs = scores.count
    overall = Self.correlation(of: scores)
    let best = scores.sorted { $0.final > $1.final }.prefix(scores.count / 10)
    topDecile = Self.correlation(of: Array(best))
  }

  private static func correlation(
    of scores: [(early: Double, final: Double)]
  ) -> RankCorrelations? {
    RankCorrelations(scores.map(\.early), scores.map(\.final))
  }

  /// For the report; empty when there is nothing to compare.
  var sentences: [String] {
    guard let overall else { return [] }
    let text =
      "Rank correlation of Dice after the least work and after all of it, over the \(pairs) "
      + "genotypes that went on: \(overall)"
    return [
      text
        + (topDecile.map { "; in the top decile: \($0)." }
          ?? "; too few of them for the top decile.")
    ]
  }
}
