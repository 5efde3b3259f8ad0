import Architecture
import Dispatch
import Imaging
import Networks
import Training

/// What judges the genotypes of a search.
struct Judgement {
  let estimator: any ScalableEstimator<NetworkDesign>

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
    resuming finished: [Trial<NetworkDesign>], isResumed: Bool, onStep: (Int, Int) -> Void
  ) throws -> Judgement {
    let options = run.options
    switch options.estimator {
    case .training: return options.inheritsWeights ? inheriting : training
    case .proxy: return Judgement(estimator: try proxy())
    case .sharedWeights: break
    }
    try checkThatNothingIsMissing()
    var trainer = try SupernetTrainer(
      space: try fusionCells(), plan: plan, options: run.trainingOptions, cases: trainingCases,
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
  /// - Parameters:
  ///   - limits: What no genotype may exceed.
  ///   - tally: Counts those that do.
  func scheduler(
    within limits: [CostLimit<NetworkDesign>], counting tally: LimitTally
  ) throws -> any Scheduler<NetworkDesign> {
    let options = run.options
    let seed = run.trainingOptions.seed
    guard let method = options.strategy.differentiable else {
      let proxy = options.proxy.proposals > 1 ? try proxy() : nil
      return try options.makeScheduler(in: space, seed: seed) { strategy in
        let limited = strategy.limited(by: limits, counting: tally)
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
      space: try fusionCells(), plan: plan, options: run.trainingOptions, cases: halves[0],
      device: run.device,
      partialChannels: method == .pcdarts ? options.supernet.partialChannels : 1)
    let validation = try SupernetTrainer.sampler(
      of: halves[1], plan: plan, modalities: space.modalities, run.trainingOptions)
    return FullEffort(
      DifferentiableSearch(
        method, trainer: trainer, validation: validation, options: options.supernet, seed: seed))
  }
}
