import Architecture
import Search

/// Every strategy on the table of NAS-Bench-201.
///
/// The signal is the validation accuracy after 12 epochs, whose training takes 12.35 times the
/// seconds of one epoch. With a budget in simulated seconds the candidate with the best signal is
/// chosen and its validation accuracy after 200 epochs reported; with a budget in trials the best
/// signal itself is reported. Schedules that know both trainings pay for both: the one of 200 epochs is
/// another training, 200/12 times as long, and where there is one the best of these is chosen.
struct NASBenchReplay {
  private static let seconds = [12_000.0, 20_000.0]
  private static let trials = [25, 50, 100, 200, 400]

  /// What a training of 12 epochs is of one of 200.
  private static let share = 12.0 / 200

  private let space = NASBench201Space()
  private let signal: TabularEstimator<NASBench201Cell>
  private let final: TabularEstimator<NASBench201Cell>

  /// Both, each training at its own price.
  private let fidelities: TabularFidelities<NASBench201Cell>
  private let seeds: UInt64

  init(table: String, seeds: UInt64) throws {
    signal = try TabularEstimator(
      readingFrom: table,
      columns: .init(
        candidate: "arch", score: "c10_val_e12", seconds: "c10_train_s_per_epoch",
        secondsFactor: 12.35, parameters: "params"))
    final = try TabularEstimator(
      readingFrom: table, columns: .init(candidate: "arch", score: "c10_val_e200"))
    let whole = try TabularEstimator<NASBench201Cell>(
      readingFrom: table,
      columns: .init(
        candidate: "arch", score: "c10_val_e200", seconds: "c10_train_s_per_epoch",
        secondsFactor: 12.35 * 200 / 12))
    fidelities = TabularFidelities([Self.share: signal, 1: whole])
    self.seeds = seeds
  }

  /// - Parameter prefix: How the names of the strategies to run begin.
  func run(only prefix: String) throws {
    for contestant in Contestant.all(in: space) where contestant.name.hasPrefix(prefix) {
      for summary in try summaries(of: contestant) { try summary.write() }
    }
    let schedules = ScheduledContestant.all(in: space, share: Self.share, reduction: 16)
    for contestant in schedules where contestant.name.hasPrefix(prefix) {
      for summary in try summaries(of: contestant) { try summary.write() }
    }
  }

  private func summaries(of contestant: Contestant<NASBench201Cell>) throws -> [Summary] {
    let histories = try (1...seeds).map {
      try History(of: contestant.make($0), judgedBy: signal, trials: contestant.longest)
    }
    let bySeconds = try Self.seconds.map { limit in
      try summary(of: contestant.name, parts: histories.map { $0.part(within: limit) }, limit)
    }
    let byTrials = Self.trials.filter { $0 <= contestant.longest }.map { limit in
      let parts = histories.map { $0.trials.prefix(limit) }
      return Summary(
        contestant.name, budget: "trials", limit: Double(limit), report: "c10_val_e12",
        values: parts.map { $0.best()?.estimate?.dice ?? 0 }, trials: parts.map(\.count))
    }
    return bySeconds + byTrials
  }

  private func summaries(of contestant: ScheduledContestant<NASBench201Cell>) throws -> [Summary] {
    try Self.seconds.map { limit in
      let parts = try (1...seeds).map { seed in
        try History(of: contestant.make(seed), judgedBy: fidelities, within: .seconds(limit))
          .part(within: limit)
      }
      return try summary(of: contestant.name, parts: parts, limit)
    }
  }

  /// What the chosen cells have after 200 epochs.
  private func summary(
    of name: String, parts: [ArraySlice<Trial<NASBench201Cell>>], _ limit: Double
  ) throws -> Summary {
    Summary(
      name, budget: "seconds", limit: limit, report: "c10_val_e200",
      values: try parts.map { trials in
        guard let best = trials.best() else { return 0 }
        return try final.estimate(best.genotype).dice
      },
      trials: parts.map(\.count))
  }
}
