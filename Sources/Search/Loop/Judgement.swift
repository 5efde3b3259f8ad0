import Architecture
import Dispatch
import Imaging
import Networks
import Training

/// What judges the genotypes of a search.
struct Judgement {
  let estimator: any ScalableEstimator<Genotype>

  /// The seconds that were spent before the first genotype can be judged.
  var prepared = 0.0

  /// Whether a network is judged alike whenever that is, so that a second time is not needed.
  var isLasting = true
}

extension SearchSetup {
  /// A training of its own for every genotype.
  var training: Judgement { Judgement(estimator: CurveStopping(estimator)) }

  /// What judges in the search, trained or read as far as that comes before the first trial.
  ///
  /// - Parameters:
  ///   - finished: The trials of an interrupted search.
  ///   - isResumed: Whether what an earlier process has left in the folder is used.
  ///   - onStep: Told how many steps of how many are done.
  func judgement(
    resuming finished: [Trial<Genotype>], isResumed: Bool, onStep: (Int, Int) -> Void
  ) throws -> Judgement {
    let options = run.options
    switch options.estimator {
    case .training: return options.inheritsWeights ? inheriting : training
    case .proxy: return Judgement(estimator: try proxy())
    case .sharedWeights: break
    }
    try checkThatNothingIsMissing()
    var trainer = try SupernetTrainer(
      space: space, plan: plan, options: run.trainingOptions, cases: trainingCases,
      device: run.device)
    let perTrial = options.supernet.paths == .proposed ? options.supernet.stepsPerTrial : 0
    let prepared =
      perTrial > 0 ? 0 : try prepare(&trainer, isResumed: isResumed, onStep: onStep)
    var estimator = SharedWeightsEstimator(
      trainer, plan: plan, validation: self.estimator.validation, stepsPerTrial: perTrial)
    try estimator.replay(finished)
    return Judgement(estimator: estimator, prepared: prepared, isLasting: perTrial == 0)
  }

  /// A training for every genotype that goes on from its parent's.
  private var inheriting: Judgement {
    Judgement(
      estimator: InheritingEstimator(
        estimator, pool: WeightPool(in: run.folder), seed: run.trainingOptions.seed),
      isLasting: false)
  }

  private func proxy() throws -> ProxyEstimator {
    try ProxyEstimator(
      run.options.proxy, plan: plan, training: run.trainingOptions, cases: trainingCases,
      device: run.device)
  }

  /// A supernet reads every modality of every patch.
  private func checkThatNothingIsMissing() throws(SearchError) {
    if run.trainingOptions.modalityDropout.probability > 0 {
      throw .notTogether(
        "a supernet", "\"modalityDropout\"", reason: "it reads every modality of every patch")
    }
    if let partial = trainingCases.first(where: { !$0.missing.isEmpty }) {
      throw .notTogether(
        "a supernet", "the case '\(partial.name)'",
        reason: "it reads every modality of every case, and this one lacks some")
    }
  }

  /// Trains the supernet, or reads what is there; says how long that took when it was done.
  private func prepare(
    _ trainer: inout SupernetTrainer, isResumed: Bool, onStep: (Int, Int) -> Void
  ) throws -> Double {
    let file = SupernetFile(in: run.folder)
    if isResumed, file.exists { return try file.load(into: trainer.supernet).seconds }
    let start = DispatchTime.now().uptimeNanoseconds
    let steps = run.options.supernet.steps
    try trainer.trainUniformly(steps: steps, onStep: onStep)
    let seconds = Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9
    try file.save(trainer.supernet, .init(steps: steps, seconds: seconds))
    return seconds
  }

  /// What proposes in the search.
  ///
  /// - Parameter latency: Foretells whether a genotype is within the limit, where there is one.
  func scheduler(latency: LatencyTable?) throws -> any Scheduler<Genotype> {
    let options = run.options
    let seed = run.trainingOptions.seed
    guard let method = options.strategy.differentiable else {
      let proxy = options.proxy.proposals > 1 ? try proxy() : nil
      return try options.makeScheduler(in: space, seed: seed) { strategy in
        let limited = options.limited(strategy, by: latency)
        guard let proxy else { return limited }
        return ProxyFilter(limited, proposals: options.proxy.proposals, score: proxy.score)
      }
    }
    try checkThatNothingIsMissing()
    let halves = (0...1).map { half in
      trainingCases.enumerated().filter { $0.offset % 2 == half }.map(\.element)
    }
    guard !halves[1].isEmpty else {
      throw SearchError.tooFewCases(
        dataset: run.dataset.name, needed: 2 + run.options.fidelity.validationCases,
        found: trainingCases.count + run.options.fidelity.validationCases)
    }
    let trainer = try SupernetTrainer(
      space: space, plan: plan, options: run.trainingOptions, cases: halves[0],
      device: run.device,
      partialChannels: method == .pcdarts ? options.supernet.partialChannels : 1)
    let validation = try SupernetTrainer.sampler(
      of: halves[1], plan: plan, modalities: space.modalities, run.trainingOptions)
    return FullEffort(
      DifferentiableSearch(
        method, trainer: trainer, validation: validation, options: options.supernet, seed: seed))
  }
}

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
    if latencyLimit > 0, strategy.differentiable != nil {
      throw .notTogether(
        "\"strategy\": \"\(strategy.rawValue)\"", "\"latencyLimit\"",
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

  /// A strategy that proposes nothing above the limit of latency, where there is one.
  func limited(
    _ strategy: any Strategy<Genotype>, by latency: LatencyTable?
  ) -> any Strategy<Genotype> {
    guard latencyLimit > 0, let latency else { return strategy }
    return LatencyLimit(
      strategy, milliseconds: latencyLimit, latency: { try latency.prediction(for: $0) })
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
