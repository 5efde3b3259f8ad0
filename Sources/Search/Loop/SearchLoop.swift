import Dispatch

/// Runs a search: propose, estimate, observe, record, until the budget is spent.
///
/// A candidate that cannot be trained is a result, not an accident: its error is recorded and the
/// search goes on.
///
/// - Parameters:
///   - strategy: Proposes; it must be new, also when the search is resumed.
///   - estimator: Judges.
///   - budget: How much is tried, the trials of `finished` included.
///   - finished: The trials of an interrupted search; they are replayed, not repeated.
///   - record: Told each new trial.
/// - Throws: ``SearchError/otherSearch(trial:recorded:proposed:)`` when `finished` does not come from
///   this strategy with this seed, or what `record` throws.
public func search<Candidate>(
  with strategy: inout some Strategy<Candidate>,
  estimatingWith estimator: inout some Estimator<Candidate>, within budget: SearchBudget,
  resuming finished: [Trial<Candidate>] = [], onTrial record: (Trial<Candidate>) throws -> Void
) throws {
  var count = 0
  var seconds = 0.0
  for trial in finished where budget.allows(trials: count, seconds: seconds) {
    let proposed = strategy.propose()
    guard proposed == trial.genotype else {
      throw SearchError.otherSearch(
        trial: trial.number, recorded: trial.genotype.description,
        proposed: proposed?.description ?? "nothing")
    }
    strategy.observe(trial)
    count += 1
    seconds += trial.seconds
  }
  while budget.allows(trials: count, seconds: seconds), let candidate = strategy.propose() {
    count += 1
    let trial = Trial(number: count, judging: candidate, with: &estimator)
    seconds += trial.seconds
    strategy.observe(trial)
    try record(trial)
  }
}

extension Trial {
  /// Estimates a candidate and keeps what became of it.
  fileprivate init(
    number: Int, judging candidate: Candidate, with estimator: inout some Estimator<Candidate>
  ) {
    let start = DispatchTime.now().uptimeNanoseconds
    do {
      let estimate = try estimator.estimate(candidate)
      self.init(number: number, genotype: candidate, estimate: estimate)
    } catch {
      let elapsed = Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9
      self.init(number: number, genotype: candidate, failure: "\(error)", after: elapsed)
    }
  }
}
