import Architecture
import Randomness
import Search

/// A schedule of the comparison, around a strategy, ready to be made anew for every seed.
struct ScheduledContestant: Sendable {
  let name: String
  let make: @Sendable (UInt64) -> any Scheduler<NASBench201Cell>

  /// What a training of 12 epochs is of one of 200.
  static let share = 12.0 / 200

  private static let space = NASBench201Space()

  static let all = [
    ScheduledContestant(name: "asha 16, random") {
      SuccessiveHalving(
        RandomSearch(in: space, using: SplitMix64(seed: $0)), shares: [share, 1], reduction: 16)
    },
    ScheduledContestant(name: "asha 16, parzen") {
      SuccessiveHalving(
        ParzenEstimator(in: space, initialSize: 10, using: SplitMix64(seed: $0)),
        shares: [share, 1], reduction: 16)
    },
    ScheduledContestant(name: "asha 16, evolution 30/10") {
      SuccessiveHalving(
        RegularizedEvolution(
          in: space, populationSize: 30, sampleSize: 10, using: SplitMix64(seed: $0)),
        shares: [share, 1], reduction: 16)
    },
    ScheduledContestant(name: "hyperband 16, random") { seed in
      Hyperband(shares: [share, 1], reduction: 16) {
        RandomSearch(in: space, using: SplitMix64(seed: seed, stream: UInt64($0)))
      }
    },
    ScheduledContestant(name: "hyperband 16, parzen") { seed in
      Hyperband(shares: [share, 1], reduction: 16) {
        ParzenEstimator(
          in: space, initialSize: 10, using: SplitMix64(seed: seed, stream: UInt64($0)))
      }
    },
  ]
}
