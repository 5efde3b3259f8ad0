import Architecture

/// Those who estimate for a run: this process, or several others.
struct SearchCrew {
  let setup: SearchSetup
  let budget: SearchBudget
  let workers: (count: Int, command: WorkerCommand)?

  /// Runs one search; networks that are the same under another name are judged once.
  func search(
    scheduledBy scheduler: any Scheduler<Genotype>, resuming finished: [Trial<Genotype>],
    onTrial record: (Trial<Genotype>) throws -> Void
  ) throws {
    var scheduler = scheduler
    let space = setup.space
    var loop = SearchLoop<Genotype>(
      budget: budget, finished: finished, form: { space.canonicalForm(of: $0) })
    guard let workers else {
      var judge = LocalJudge<Genotype, CurveStopping<TrainingEstimator>>(
        estimator: setup.judge
      ) { estimator, candidate, effort in try estimator.estimate(candidate, with: effort) }
      try loop.run(&scheduler, &judge, onTrial: record)
      return
    }
    var pool = try WorkerPool<Genotype>(count: workers.count, command: workers.command)
    defer { pool.close() }
    try loop.run(&scheduler, &pool, onTrial: record)
  }
}
