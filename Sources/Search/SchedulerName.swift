public import Architecture
import Randomness

/// The schedules that a pipeline can name.
public enum SchedulerName: String, Codable, CaseIterable, Sendable {
  /// Every candidate once, with all the work.
  case full

  case asha
  case hyperband
}

extension SearchOptions {
  /// The schedule that the options name around the strategy that they name.
  ///
  /// - Parameter seed: What the strategies' randomness is drawn from.
  /// - Throws: As ``makeStrategy(in:using:)``.
  public func makeScheduler<Space: SearchSpace>(
    in space: Space, seed: UInt64
  ) throws(SearchError) -> any Scheduler<Space.Candidate> {
    let shares = Rungs.shares(count: rungs, reduction: reduction)
    let generator = SplitMix64(seed: seed, stream: RandomStream.genotypes)
    switch scheduler {
    case .full:
      return FullEffort(try makeStrategy(in: space, using: generator))
    case .asha:
      return SuccessiveHalving(
        try makeStrategy(in: space, using: generator), shares: shares, reduction: reduction)
    case .hyperband:
      var generator = generator
      return try Hyperband(shares: shares, reduction: reduction) { _ throws(SearchError) in
        try makeStrategy(in: space, using: SplitMix64(seed: generator.next()))
      }
    }
  }
}
