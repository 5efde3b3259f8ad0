public import Architecture
public import Foundation
public import Imaging
import Randomness
public import Torch
public import Training

/// A whole search, from a dataset to the best genotype and an honest report.
public struct SearchRun {
  /// What is going on.
  public enum Progress {
    case fingerprinting(caseName: String)
    case preprocessing(caseName: String)

    /// What must be there before the first trial is made.
    case preparing
    case started(space: Double, finished: Int)
    case trial(Trial<NetworkDesign>)
    case baseline(Baseline)

    /// A trial of the random search that the search is compared with.
    case randomTrial(Trial<NetworkDesign>)
  }

  public let dataset: Dataset
  public let folder: RunFolder
  public let options: SearchOptions
  public let planOptions: PlanOptions
  public let trainingOptions: TrainingOptions
  public let fold: Int?
  public let device: Device

  /// The name of the machine, which a table of latencies holds for.
  public let machine: String

  public init(
    dataset: Dataset, folder: RunFolder, options: SearchOptions, planOptions: PlanOptions,
    trainingOptions: TrainingOptions, fold: Int? = nil, device: Device = .cpu,
    machine: String = "unknown"
  ) {
    self.machine = machine
    self.dataset = dataset
    self.folder = folder
    self.options = options
    self.planOptions = planOptions
    self.trainingOptions = trainingOptions
    self.fold = fold
    self.device = device
  }

  /// Searches, writing `leaderboard.jsonl` and `best.json` as it goes and at the end `best.dot`,
  /// `best.png`, `report.json`, `report.md`, `progress.png` and `front.png`.
  ///
  /// The cases of the held-out fold and the dataset's test cases are never looked at. Where baselines
  /// are wanted, each is added to `baselines.jsonl`, and random search with the same budget to
  /// `random.jsonl`, so that a resumed run does not repeat them.
  ///
  /// - Parameters:
  ///   - resume: Whether to go on from the folder's leaderboard.
  ///   - workers: How many processes estimate, and how they are started; `nil`: this process does.
  ///   - onStep: Told how many training steps of the present candidate are done, when this process
  ///     trains it.
  /// - Returns: The report.
  public func callAsFunction(
    resume: Bool = false, workers: (count: Int, command: WorkerCommand)? = nil,
    onStep: @escaping @Sendable (Int, Int) -> Void = { _, _ in },
    onProgress: (Progress) -> Void = { _ in }
  ) throws -> SearchReport {
    try options.check(hasWorkers: workers != nil)
    try options.checkSpace(deepSupervision: trainingOptions.deepSupervision)
    var leaderboard = try Leaderboard<NetworkDesign>(
      path: folder.file("leaderboard.jsonl"), keeping: resume)
    try options.check(finished: leaderboard.trials.count)
    let setup = try SearchSetup(of: self, onStep: onStep, onProgress: onProgress)
    onProgress(.preparing)
    let latency = options.needsLatency ? try setup.latencyTable(isResumed: resume) : nil
    let judgement = try setup.judgement(
      resuming: leaderboard.trials, isResumed: resume, onStep: onStep)
    onProgress(.started(space: setup.space.count, finished: leaderboard.trials.count))
    let foretell: (NetworkDesign, inout Estimate) throws -> Void = {
      try setup.foretell($0, latency: latency, in: &$1)
    }
    let crew = SearchCrew(
      space: setup.space, judgement: judgement, budget: options.budget, workers: workers,
      foretell: foretell, pool: options.inheritsWeights ? WeightPool(in: folder) : nil)
    if leaderboard.trials.isEmpty { try crew.pool?.prune(keeping: []) }
    let limits = setup.limits(latency: latency)
    let tally = LimitTally()
    let scheduler = try setup.scheduler(within: limits, counting: tally)
    try crew.search(scheduledBy: scheduler, resuming: leaderboard.trials) { trial in
      let before = leaderboard.ranking.first
      try leaderboard.add(trial)
      if let best = leaderboard.ranking.first, best != before { try write(best) }
      onProgress(.trial(trial))
    }
    let refused = LimitReport(options.limits, tally)
    if leaderboard.trials.isEmpty, let refused, refused.refused > 0 {
      throw SearchError.nothingWithinLimits(refused)
    }
    guard let best = leaderboard.ranking.first else {
      throw SearchError.allTrialsFailed(
        count: leaderboard.trials.count,
        firstReason: leaderboard.failures.first?.failure ?? "there was no trial")
    }
    try write(best)
    let rival = SearchCrew(
      space: setup.space, judgement: setup.training,
      budget: options.countsTrainings
        ? options.budget
        : .seconds(leaderboard.trials.reduce(0) { $0 + $1.seconds }),
      workers: options.estimator == .training ? workers : nil, foretell: foretell)
    let rivals = try rivals(
      of: best, among: leaderboard.trials, setup, rival, limits, resume: resume, onProgress)
    let report = SearchReport(
      dataset: dataset.name, options: options, seed: trainingOptions.seed,
      spaceSize: setup.space.count, ranking: leaderboard.ranking, failures: leaderboard.failures,
      baselines: rivals.baselines, randomBest: rivals.random,
      measuredOn: setup.validationCases.map(\.name), leftOut: setup.failures, latency: latency,
      limits: refused)
    try write(report, of: best, leaderboard)
    return report
  }

  /// Refuses to go on in a folder with fewer trials than it holds.
  ///
  /// - Throws: ``SearchError/fewerTrials(asked:finished:)``.
  public static func checkThatTrialsSuffice(
    _ options: SearchOptions, in folder: RunFolder
  ) throws {
    let log = LineLog<Trial<NetworkDesign>>(path: folder.file("leaderboard.jsonl"))
    try options.check(finished: log.records().count)
  }

  /// Estimates for a search in another process until the input ends.
  ///
  /// - Parameter onEnd: Called as soon as it has ended, even while a candidate is being judged.
  public func serve(
    input: FileHandle, output: FileHandle, onEnd: @escaping @Sendable () -> Void
  ) throws {
    let setup = try SearchSetup(of: self, onStep: { _, _ in }, onProgress: { _ in })
    let judgement = try setup.judgement(resuming: [], isResumed: true, onStep: { _, _ in })
    func serve(_ estimator: some ScalableEstimator<NetworkDesign>) throws {
      var service = WorkerService(estimator: estimator, input: input, output: output)
      try service(onEnd: onEnd)
    }
    try serve(judgement.estimator)
  }

  /// What the winner must be compared with.
  private func rivals(
    of best: Trial<NetworkDesign>, among trials: [Trial<NetworkDesign>], _ setup: SearchSetup,
    _ rival: SearchCrew, _ limits: [CostLimit<NetworkDesign>], resume: Bool,
    _ onProgress: (Progress) -> Void
  ) throws -> (baselines: [Baseline], random: Trial<NetworkDesign>?) {
    guard options.baselines else { return ([], nil) }
    // What is compared with a winner has as many steps as stand behind its weights.
    let generations = Lineage.ancestry(of: best, in: trials).count
    var random: Trial<NetworkDesign>?
    if !options.isPlainRandomSearch {
      random = try randomSearch(rival, limits, resume: resume, onProgress)
    }
    var study = BaselineStudy(
      estimator: setup.estimator, share: Double(generations), modalities: best.genotype.modalities,
      seeds: (1...UInt64(max(1, options.seeds))).map { trainingOptions.seed &+ $0 },
      log: LineLog(path: folder.file("baselines.jsonl")))
    let baselines = try study.measure(
      winner: best.genotype, random: random.map(\.genotype), resume: resume
    ) { onProgress(.baseline($0)) }
    return (baselines, random)
  }

  /// The best of random search with the same budget and all the work for every candidate.
  private func randomSearch(
    _ crew: SearchCrew, _ limits: [CostLimit<NetworkDesign>], resume: Bool,
    _ onProgress: (Progress) -> Void
  ) throws -> Trial<NetworkDesign>? {
    var leaderboard = try Leaderboard<NetworkDesign>(
      path: folder.file("random.jsonl"), keeping: resume)
    let strategy = RandomSearch(
      in: crew.space,
      using: SplitMix64(seed: trainingOptions.seed, stream: RandomStream.rivals))
    try crew.search(
      scheduledBy: FullEffort(strategy.limited(by: limits, counting: LimitTally())),
      resuming: leaderboard.trials
    ) { trial in
      try leaderboard.add(trial)
      onProgress(.randomTrial(trial))
    }
    return leaderboard.ranking.first
  }

  private func write(_ best: Trial<NetworkDesign>) throws {
    try folder.write(best.genotype, to: "best.json")
  }

  private func write(
    _ report: SearchReport, of best: Trial<NetworkDesign>, _ leaderboard: Leaderboard<NetworkDesign>
  ) throws {
    try folder.write(report, to: "report.json")
    try AtomicFile.write(Data(report.markdown.utf8), to: folder.file("report.md"))
    try AtomicFile.write(Data((best.genotype.dot ?? "").utf8), to: folder.file("best.dot"))
    try GenotypePicture.write(best.genotype, to: folder.file("best.png"))
    try SearchPicture.writeProgress(
      of: leaderboard.trials, titled: options.scoreTitle, to: folder.file("progress.png"))
    try SearchPicture.writeFront(
      of: leaderboard.ranking, titled: options.scoreTitle, to: folder.file("front.png"))
  }
}
