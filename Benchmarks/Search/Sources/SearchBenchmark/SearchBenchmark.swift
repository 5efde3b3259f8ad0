import Architecture
import Foundation
import Search

/// Replays every strategy on the table of NAS-Bench-201, one JSON line per figure.
///
///     gunzip -kc nasbench201.csv.gz > nasbench201.csv
///     swift run -c release --package-path Benchmarks/Search SearchBenchmark nasbench201.csv 200
///
/// The signal is the validation accuracy after 12 epochs, whose training takes 12.35 times the
/// seconds of one epoch. With a budget in simulated seconds the candidate with the best signal is
/// chosen and its validation accuracy after 200 epochs reported; with a budget in trials the best
/// signal itself is reported. Schedules that know both trainings pay for both: the one of 200 epochs is
/// another training, 200/12 times as long, and where there is one the best of these is chosen. A third argument names the only strategies to run, by how their names
/// begin.
@main
struct SearchBenchmark {
  private static let seconds = [12_000.0, 20_000.0]
  private static let trials = [25, 50, 100, 200, 400]

  private let signal: TabularEstimator<NASBench201Cell>
  private let final: TabularEstimator<NASBench201Cell>

  /// Both, each training at its own price.
  private let fidelities: TabularFidelities<NASBench201Cell>
  private let seeds: UInt64

  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard let path = arguments.first, arguments.count <= 3,
      let seeds = arguments.count > 1 ? UInt64(arguments[1]) : 200, seeds > 0
    else {
      FileHandle.standardError.write(
        Data("usage: SearchBenchmark TABLE.csv [SEEDS [STRATEGY]]\n".utf8))
      exit(64)
    }
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let benchmark = try SearchBenchmark(table: text, seeds: seeds)
    for contestant in Contestant.all
    where arguments.count < 3 || contestant.name.hasPrefix(arguments[2]) {
      for summary in try benchmark.summaries(of: contestant) { try summary.write() }
    }
    for contestant in ScheduledContestant.all
    where arguments.count < 3 || contestant.name.hasPrefix(arguments[2]) {
      for summary in try benchmark.summaries(of: contestant) { try summary.write() }
    }
  }

  private init(table: String, seeds: UInt64) throws {
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
    fidelities = TabularFidelities([ScheduledContestant.share: signal, 1: whole])
    self.seeds = seeds
  }

  private func summaries(of contestant: Contestant) throws -> [Summary] {
    let histories = try (1...seeds).map {
      try history(of: contestant.make($0), trials: contestant.longest)
    }
    let bySeconds = try Self.seconds.map { limit in
      let parts = histories.map { Self.part(of: $0, within: limit) }
      return Summary(
        contestant.name, budget: "seconds", limit: limit, report: "c10_val_e200",
        values: try parts.map { try final.estimate(Self.best(of: $0).genotype).dice },
        trials: parts.map(\.count))
    }
    let byTrials = Self.trials.filter { $0 <= contestant.longest }.map { limit in
      let parts = histories.map { $0.prefix(limit) }
      return Summary(
        contestant.name, budget: "trials", limit: Double(limit), report: "c10_val_e12",
        values: parts.map { Self.best(of: Array($0)).estimate?.dice ?? 0 },
        trials: parts.map(\.count))
    }
    return bySeconds + byTrials
  }

  private func summaries(of contestant: ScheduledContestant) throws -> [Summary] {
    try Self.seconds.map { limit in
      let parts = try (1...seeds).map { seed in
        var scheduler = contestant.make(seed)
        var estimator = fidelities
        var trials: [Trial<NASBench201Cell>] = []
        try search(
          scheduledBy: &scheduler, estimatingWith: &estimator, within: .seconds(limit)
        ) { trials.append($0) }
        return Self.part(of: trials, within: limit)
      }
      return Summary(
        contestant.name, budget: "seconds", limit: limit, report: "c10_val_e200",
        values: try parts.map { trials in
          // What was trained to the end is chosen among itself.
          let whole = trials.filter { $0.share == 1 }
          return try final.estimate(Self.best(of: whole.isEmpty ? trials : whole).genotype).dice
        },
        trials: parts.map(\.count))
    }
  }

  /// All trials of one search, long enough for every budget.
  private func history(
    of strategy: any Strategy<NASBench201Cell>, trials longest: Int
  ) throws -> [Trial<NASBench201Cell>] {
    var strategy = strategy
    var estimator = signal
    var trials: [Trial<NASBench201Cell>] = []
    try search(with: &strategy, estimatingWith: &estimator, within: .trials(longest)) {
      trials.append($0)
    }
    return trials
  }

  /// The trials that had ended when the time was over.
  private static func part(
    of trials: [Trial<NASBench201Cell>], within seconds: Double
  ) -> [Trial<NASBench201Cell>] {
    var spent = 0.0
    return Array(
      trials.prefix {
        spent += $0.seconds
        return spent <= seconds
      })
  }

  /// The first trial with the best signal.
  private static func best(of trials: [Trial<NASBench201Cell>]) -> Trial<NASBench201Cell> {
    var best = trials[0]
    for trial in trials where (trial.estimate?.dice ?? 0) > (best.estimate?.dice ?? 0) {
      best = trial
    }
    return best
  }
}
