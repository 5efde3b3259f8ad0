import Architecture
import Randomness
import Search

/// A schedule of the comparison, around a strategy, ready to be made anew for every seed.
struct ScheduledContestant<Candidate: SearchCandidate>: Sendable {
  let name: String
  let make: @Sendable (UInt64) -> any Scheduler<Candidate>

  /// Schedules that know a cheap training and the whole one.
  ///
  /// - Parameters:
  ///   - share: What the cheap training is of the whole one.
  ///   - reduction: Of how many candidates one is trained to the end.
  static func all(
    in space: some SearchSpace<Candidate>, share: Double, reduction: Double
  ) -> [ScheduledContestant] {
    let title = "\(Int(reduction))"
    let shares = [share, 1]
    return [
      ScheduledContestant(name: "asha \(title), random") {
        SuccessiveHalving(
          RandomSearch(in: space, using: SplitMix64(seed: $0)), shares: shares,
          reduction: reduction)
      },
      ScheduledContestant(name: "asha \(title), parzen") {
        SuccessiveHalving(
          ParzenEstimator(in: space, initialSize: 10, using: SplitMix64(seed: $0)),
          shares: shares, reduction: reduction)
      },
      ScheduledContestant(name: "asha \(title), evolution 30/10") {
        SuccessiveHalving(
          RegularizedEvolution(
            in: space, populationSize: 30, sampleSize: 10, using: SplitMix64(seed: $0)),
          shares: shares, reduction: reduction)
      },
      ScheduledContestant(name: "hyperband \(title), random") { seed in
        Hyperband(shares: shares, reduction: reduction) {
          RandomSearch(in: space, using: SplitMix64(seed: seed, stream: UInt64($0)))
        }
      },
      ScheduledContestant(name: "hyperband \(title), parzen") { seed in
        Hyperband(shares: shares, reduction: reduction) {
          ParzenEstimator(
            in: space, initialSize: 10, using: SplitMix64(seed: seed, stream: UInt64($0)))
        }
      },
    ]
  }
}
