extension SearchOptions {
  /// Refuses settings of which one would make nonsense of the other.
  ///
  /// - Parameter hasWorkers: Whether several processes estimate.
  func check(hasWorkers: Bool) throws(SearchError) {
    let estimator = "\"estimator\": \"\(estimator.rawValue)\""
    let scheduler = "\"scheduler\": \"\(scheduler.rawValue)\""
    if self.estimator != .training, self.scheduler != .full {
      throw .notTogether(
        estimator, scheduler, reason: "nothing is trained that could be trained for less time")
    }
    if self.estimator != .training, stopsHopeless {
      throw .notTogether(
        estimator, "\"stopsHopeless\": true", reason: "there is no training to be stopped")
    }
    try checkInheritance()
    try checkStages()
    if let limit = limits.first, strategy.differentiable != nil {
      throw .notTogether(
        "\"strategy\": \"\(strategy.rawValue)\"", "\"\(limit.key.rawValue)\"",
        reason: "a strategy that follows gradients has one proposal at a time")
    }
    if proxy.proposals > 1, self.estimator == .proxy {
      throw .notTogether(
        estimator, "\"proposals\": \(proxy.proposals)",
        reason: "the proxy judges every genotype already")
    }
    if proxy.proposals > 1, strategy.differentiable != nil {
      throw .notTogether(
        "\"strategy\": \"\(strategy.rawValue)\"", "\"proposals\": \(proxy.proposals)",
        reason: "a strategy that follows gradients has one proposal at a time")
    }
    if strategy.differentiable != nil, self.scheduler != .full {
      throw .notTogether(
        "\"strategy\": \"\(strategy.rawValue)\"", scheduler,
        reason: "a strategy that follows gradients learns from no outcome")
    }
    if self.estimator == .sharedWeights, supernet.paths == .proposed, hasWorkers {
      throw .notTogether(
        "\"paths\": \"proposed\"", "--workers",
        reason: "each process would train a supernet of its own")
    }
  }

  /// Refuses fewer trials than are finished.
  func check(finished: Int) throws(SearchError) {
    guard finished <= trials else { throw .fewerTrials(asked: trials, finished: finished) }
  }

  /// What stopping trainings needs: stages of equally many steps.
  private func checkStages() throws(SearchError) {
    guard stopsHopeless else { return }
    let shares = scheduler == .full ? [1] : Rungs.shares(count: rungs, reduction: reduction)
    let steps = shares.map { Int((Double(fidelity.steps) * $0).rounded()) }
    guard steps.contains(where: { $0 % SearchSetup.stages != 0 }) else { return }
    throw .notTogether(
      "\"stopsHopeless\": true", "\"steps\": \(fidelity.steps)",
      reason: "a training that may be stopped has \(SearchSetup.stages) parts of equally many steps"
        + (shares.count > 1 ? ", with every share of the work" : ""))
  }

  /// What inheriting weights needs.
  private func checkInheritance() throws(SearchError) {
    guard inheritsWeights else { return }
    let inheriting = "\"inheritsWeights\": true"
    if strategy != .tournament {
      throw .notTogether(
        inheriting, "\"strategy\": \"\(strategy.rawValue)\"",
        reason: "only the candidates of \"tournament\" have parents whose weights are kept")
    }
    if estimator != .training {
      throw .notTogether(
        inheriting, "\"estimator\": \"\(estimator.rawValue)\"",
        reason: "there is no training that could begin with them")
    }
    if scheduler != .full {
      throw .notTogether(
        inheriting, "\"scheduler\": \"\(scheduler.rawValue)\"",
        reason: "every rung is a training anew")
    }
    if stopsHopeless {
      throw .notTogether(
        inheriting, "\"stopsHopeless\": true",
        reason: "a curve that begins where another ended says nothing of a whole training")
    }
  }

  /// Whether this is the search that others are compared with.
  public var isPlainRandomSearch: Bool {
    strategy == .random && scheduler == .full && estimator == .training && proxy.proposals == 1
  }

  /// Whether trials are trainings that a strategy chose by their outcomes, so that as many random ones
  /// cost about as much.
  var countsTrainings: Bool { estimator == .training && strategy.differentiable == nil }
}
