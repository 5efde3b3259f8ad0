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
  /// - Parameters:
  ///   - seed: What the strategies' randomness is drawn from.
  ///   - wrap: What is made of each strategy.
  /// - Throws: As ``makeStrategy(in:using:)``.
  public func makeScheduler<Space: SearchSpace>(
    in space: Space, seed: UInt64,
    wrapping wrap: (any Strategy<Space.Candidate>) -> any Strategy<Space.Candidate> = { $0 }
  ) throws(SearchError) -> any Scheduler<Space.Candidate> {
    let shares = Rungs.shares(count: rungs, reduction: reduction)
    let generator = SplitMix64(seed: seed, stream: RandomStream.genotypes)
    switch scheduler {
    case .full:
      return FullEffort(wrap(try makeStrategy(in: space, using: generator)))
    case .asha:
      return SuccessiveHalving(
        wrap(try makeStrategy(in: space, using: generator)), shares: shares, reduction: reduction)
    case .hyperband:
      var generator = generator
      return try Hyperband(shares: shares, reduction: reduction) { _ throws(SearchError) in
        wrap(try makeStrategy(in: space, using: SplitMix64(seed: generator.next())))
      }
    }
  }
}
