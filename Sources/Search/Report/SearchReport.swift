public import Architecture
import Foundation
public import Training

/// What a search found, beside what it must be compared with.
public struct SearchReport: Codable, Sendable {
  public let dataset: String
  public let options: SearchOptions
  public let seed: UInt64

  /// The number of genotypes of the space.
  public let spaceSize: Double

  /// The trials that succeeded, those with most work first, of these the best first.
  public let ranking: [Trial<NetworkDesign>]

  /// The trials that failed.
  public let failures: [Trial<NetworkDesign>]

  /// Single modalities, late and early fusion, and the winner with fresh seeds.
  public let baselines: [Baseline]

  /// The best of random search with the same budget; `nil` when the search was that itself, or when
  /// the baselines were not measured.
  public var randomBest: Trial<NetworkDesign>?

  /// The cases that Dice was measured on.
  public var measuredOn: [String] = []

  /// The cases that had to be left out, and why.
  public var leftOut: [CaseFailure] = []

  /// What latencies were foretold with; `nil` where nobody asked.
  public var latency: LatencyTable?

  /// What the limits have refused; `nil` where there are none.
  public var limits: LimitReport?

  /// The winner.
  public var best: Trial<NetworkDesign>? { ranking.first }

  /// The trials that were judged with as much work as the winner, and can be compared with it.
  public var comparable: [Trial<NetworkDesign>] {
    ranking.filter { $0.share == ranking.first?.share }
  }

  /// The trial that the parameter count alone would have chosen: the largest network.
  public var largest: Trial<NetworkDesign>? {
    comparable.max { ($0.estimate?.parameters ?? 0) < ($1.estimate?.parameters ?? 0) }
  }

  /// The trials that no smaller or faster network beats, the best first.
  public var front: [Trial<NetworkDesign>] {
    ParetoFront(
      of: comparable,
      by: [.dice, .parameters, .multiplyAdds] + (latency == nil ? [] : [.latency])
        + (options.needsMemory ? [.memory] : [])
    ).trials
  }

  /// The rank correlations of the parameter count with Dice; `nil` below three trials.
  public var parameterCorrelation: RankCorrelations? {
    let estimates = comparable.compactMap(\.estimate)
    return RankCorrelations(estimates.map { Double($0.parameters) }, estimates.map(\.dice))
  }

  /// How wrong foretold memory was, for the trials whose training was measured.
  public var memory: MemoryCheck? { MemoryCheck(of: ranking) }

  /// How well little work foretold all of it, for the genotypes that were judged with both.
  public var fidelity: FidelityCorrelation { FidelityCorrelation(of: ranking) }
}
