import Architecture

/// Those who estimate for a run: this process, or several others.
struct SearchCrew {
  let space: NetworkSpace
  let judgement: Judgement
  let budget: SearchBudget
  let workers: (count: Int, command: WorkerCommand)?

  /// Adds what is foretold of a genotype to its estimate.
  var foretell: ((NetworkDesign, inout Estimate) throws -> Void)?

  /// The weights that children inherit; `nil` where they do not.
  var pool: WeightPool?

  /// Runs one search; networks that are the same under another name are judged once, if that lasts.
  func search(
    scheduledBy scheduler: any Scheduler<NetworkDesign>, resuming finished: [Trial<NetworkDesign>],
    onTrial record: (Trial<NetworkDesign>) throws -> Void
  ) throws {
    var scheduler = scheduler
    var loop = SearchLoop<NetworkDesign>(
      budget: budget, finished: finished,
      form: judgement.isLasting ? { space.canonicalForm(of: $0) } : nil,
      prepared: judgement.prepared)
    loop.foretell = foretell
    if let pool { loop.onDescent = { try pool.prune(keeping: $0) } }
    guard let workers else {
      var judge = LocalJudge<NetworkDesign, any ScalableEstimator<NetworkDesign>>(
        estimator: judgement.estimator
      ) { estimator, candidate, effort in try estimator.estimate(candidate, with: effort) }
      try loop.run(&scheduler, &judge, onTrial: record)
      return
    }
    var pool = try WorkerPool<NetworkDesign>(count: workers.count, command: workers.command)
    defer { pool.close() }
    try loop.run(&scheduler, &pool, onTrial: record)
  }
}
