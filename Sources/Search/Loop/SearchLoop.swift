import Architecture

/// Runs a search: propose, estimate, observe, record, until the budget is spent.
///
/// A candidate that cannot be trained is a result, not an accident: its error is recorded and the
/// search goes on.
///
/// - Parameters:
///   - strategy: Proposes; it must be new, also when the search is resumed.
///   - estimator: Judges.
///   - budget: The number of trials, those of `finished` included.
///   - finished: The trials of an interrupted search; they are replayed, not repeated.
///   - record: Told each new trial.
/// - Throws: ``SearchError/otherSearch(trial:recorded:proposed:)`` when `finished` does not come from
///   this strategy with this seed, or what `record` throws.
public func search(
  with strategy: inout some Strategy, estimatingWith estimator: inout some Estimator,
  trials budget: Int, resuming finished: [Trial] = [], onTrial record: (Trial) throws -> Void
) throws {
  for trial in finished.prefix(budget) {
    let proposed = strategy.propose()
    guard proposed == trial.genotype else {
      throw SearchError.otherSearch(
        trial: trial.number, recorded: trial.genotype.description,
        proposed: proposed?.description ?? "nothing")
    }
    strategy.observe(trial)
  }
  for number in finished.count..<max(budget, finished.count) {
    guard let genotype = strategy.propose() else { return }
    let trial: Trial
    do {
      trial = Trial(
        number: number + 1, genotype: genotype, estimate: try estimator.estimate(genotype))
    } catch {
      trial = Trial(number: number + 1, genotype: genotype, failure: "\(error)")
    }
    strategy.observe(trial)
    try record(trial)
  }
}
