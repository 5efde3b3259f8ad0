import Architecture
import Search

/// The trials of one replayed search, in their order.
struct History<Candidate: SearchCandidate> {
  private(set) var trials: [Trial<Candidate>] = []

  /// What a strategy tries when a table judges, long enough for every budget.
  init(
    of strategy: any Strategy<Candidate>, judgedBy table: TabularEstimator<Candidate>,
    trials longest: Int
  ) throws {
    var strategy = strategy
    var table = table
    var trials: [Trial<Candidate>] = []
    try search(with: &strategy, estimatingWith: &table, within: .trials(longest)) {
      trials.append($0)
    }
    self.trials = trials
  }

  /// What a schedule tries when tables of cheap and whole trainings judge.
  init(
    of scheduler: any Scheduler<Candidate>, judgedBy tables: TabularFidelities<Candidate>,
    within budget: SearchBudget
  ) throws {
    var scheduler = scheduler
    var tables = tables
    var trials: [Trial<Candidate>] = []
    try search(scheduledBy: &scheduler, estimatingWith: &tables, within: budget) {
      trials.append($0)
    }
    self.trials = trials
  }

  /// The trials that had ended when the simulated time was over.
  func part(within seconds: Double) -> ArraySlice<Trial<Candidate>> {
    var spent = 0.0
    return trials.prefix {
      spent += $0.seconds
      return spent <= seconds
    }
  }
}

extension Collection {
  /// The first trial with the best signal; with a schedule, among those that were trained to the end.
  func best<Candidate>() -> Trial<Candidate>? where Element == Trial<Candidate> {
    let whole = filter { $0.share == 1 }
    let trials = whole.isEmpty ? Array(self) : whole
    guard var best = trials.first else { return nil }
    for trial in trials where (trial.estimate?.dice ?? 0) > (best.estimate?.dice ?? 0) {
      best = trial
    }
    return best
  }
}
