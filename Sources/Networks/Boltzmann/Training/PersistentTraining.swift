/// Trains any machine: the statistics of the mean-field distribution with data clamped, less those
/// of persistent chains. This is a noisy gradient of the mean-field bound on the log-likelihood.
///
/// Source: Salakhutdinov and Hinton 2009, algorithm 1.
public struct PersistentTraining: Hashable, Sendable {
  public var schedule: BoltzmannSchedule

  /// How many chains, one or more.
  public var chains: Int

  /// Gibbs sweeps of every chain per step.
  public var sweeps: Int

  /// The most mean-field rounds per sample.
  public var rounds: Int

  public init(
    _ schedule: BoltzmannSchedule = BoltzmannSchedule(), chains: Int = 20, sweeps: Int = 5,
    rounds: Int = 25
  ) {
    self.schedule = schedule
    self.chains = chains
    self.sweeps = sweeps
    self.rounds = rounds
  }

  /// Trains on samples, each the values of some layers by index. What a sample lacks is inferred.
  public func train(
    _ machine: inout BoltzmannMachine, on samples: [[Int: [Double]]],
    using generator: inout some RandomNumberGenerator
  ) {
    var fantasies = PersistentChains(chains, of: machine, using: &generator)
    for step in schedule.steps(samples: samples.count, using: &generator) {
      fantasies.advance(machine, sweeps: sweeps, using: &generator)
      let data = dataStatistics(machine, step.samples.map { samples[$0] })
      machine.step(
        data.subtracting(fantasies.statistics(of: machine)), rate: step.rate,
        weightDecay: schedule.weightDecay)
    }
  }

  /// The mean over samples of the mean-field statistics.
  func dataStatistics(
    _ machine: BoltzmannMachine, _ batch: [[Int: [Double]]]
  ) -> BoltzmannStatistics {
    var statistics = BoltzmannStatistics(like: machine)
    for sample in batch {
      let inferred = machine.meanField(clamping: sample, tolerance: 1e-4, rounds: rounds)
      statistics.add(inferred.means, of: machine, times: 1 / Double(batch.count))
    }
    return statistics
  }
}
