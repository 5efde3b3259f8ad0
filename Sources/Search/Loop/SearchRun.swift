public import Architecture
import Foundation
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
    case started(space: Double, finished: Int)
    case trial(Trial<Genotype>)
    case baseline(Baseline)
  }

  public let dataset: Dataset
  public let folder: RunFolder
  public let options: SearchOptions
  public let planOptions: PlanOptions
  public let trainingOptions: TrainingOptions
  public let fold: Int?
  public let device: Device

  public init(
    dataset: Dataset, folder: RunFolder, options: SearchOptions, planOptions: PlanOptions,
    trainingOptions: TrainingOptions, fold: Int? = nil, device: Device = .cpu
  ) {
    self.dataset = dataset
    self.folder = folder
    self.options = options
    self.planOptions = planOptions
    self.trainingOptions = trainingOptions
    self.fold = fold
    self.device = device
  }

  /// Searches, writing `leaderboard.jsonl` as it goes and at the end `best.json`, `best.dot`,
  /// `report.json`, `report.md` and `progress.png`.
  ///
  /// The cases of the held-out fold and the dataset's test cases are never looked at.
  ///
  /// - Parameters:
  ///   - resume: Whether to go on from the folder's leaderboard.
  ///   - onStep: Told how many training steps of the present candidate are done.
  /// - Returns: The report.
  public func callAsFunction(
    resume: Bool = false, onStep: @escaping @Sendable (Int, Int) -> Void = { _, _ in },
    onProgress: (Progress) -> Void = { _ in }
  ) throws -> SearchReport {
    var leaderboard = try Leaderboard<Genotype>(
      path: folder.file("leaderboard.jsonl"), keeping: resume)
    let prepared = try prepare(onProgress)
    var estimator = TrainingEstimator(
      plan: prepared.plan, options: lowFidelity, training: prepared.training,
      validation: prepared.validation, device: device, onStep: onStep)
    let space = try FusionCellSpace(
      modalities: prepared.plan.modalities.map(\.modality.name),
      levels: prepared.plan.topology.levels.count, nodes: 1...max(1, options.nodes),
      sharedCell: options.sharedCell)
    var strategy = options.makeStrategy(
      in: space, using: SplitMix64(seed: trainingOptions.seed, stream: RandomStream.genotypes))
    onProgress(.started(space: space.count, finished: leaderboard.trials.count))
    try search(
      with: &strategy, estimatingWith: &estimator, within: options.budget,
      resuming: leaderboard.trials
    ) { trial in
      try leaderboard.add(trial)
      onProgress(.trial(trial))
    }
    guard let best = leaderboard.ranking.first else {
      throw SearchError.allTrialsFailed(
        count: leaderboard.trials.count,
        firstReason: leaderboard.failures.first?.failure ?? "there was no trial")
    }
    try folder.write(NetworkDesign.fused(best.genotype), to: "best.json")
    var report = try report(best, leaderboard, space: space.count, estimator, onProgress)
    report.measuredOn = prepared.validation.map(\.name)
    report.leftOut = prepared.failures
    try write(report, of: best, leaderboard)
    return report
  }

  /// The training of one candidate: the pipeline's, shortened to one epoch of the fidelity's steps.
  private var lowFidelity: TrainingOptions {
    var options = trainingOptions
    options.epochs = 1
    options.stepsPerEpoch = self.options.fidelity.steps
    return options
  }

  private func report(
    _ best: Trial<Genotype>, _ leaderboard: Leaderboard<Genotype>, space: Double,
    _ estimator: TrainingEstimator,
    _ onProgress: (Progress) -> Void
  ) throws -> SearchReport {
    var baselines: [Baseline] = []
    if options.baselines {
      let study = BaselineStudy(
        estimator: estimator, modalities: best.genotype.modalities,
        seeds: (1...UInt64(max(1, options.seeds))).map { trainingOptions.seed &+ $0 })
      baselines = try study.measure(winner: .fused(best.genotype)) { onProgress(.baseline($0)) }
    }
    return SearchReport(
      dataset: dataset.name, options: options, seed: trainingOptions.seed, spaceSize: space,
      ranking: leaderboard.ranking, failures: leaderboard.failures, baselines: baselines)
  }

  private func write(
    _ report: SearchReport, of best: Trial<Genotype>, _ leaderboard: Leaderboard<Genotype>
  ) throws {
    try folder.write(report, to: "report.json")
    try AtomicFile.write(Data(report.markdown.utf8), to: folder.file("report.md"))
    try AtomicFile.write(Data(best.genotype.dot.utf8), to: folder.file("best.dot"))
    try SearchPicture.write(leaderboard.trials, to: folder.file("progress.png"))
  }

  /// What a search works on.
  private struct Prepared {
    let plan: Plan
    let training: [PreprocessedCase]
    let validation: [PreprocessedCase]
    let failures: [CaseFailure]
  }

  /// Draws the cases to learn from and to measure on, plans, and loads them.
  private func prepare(
    _ onProgress: (Progress) -> Void
  ) throws -> Prepared {
    let fidelity = options.fidelity
    var generator = SplitMix64(seed: trainingOptions.seed, stream: RandomStream.searchCases)
    let available = try CaseSplit(of: dataset, fold: fold).training.shuffled(using: &generator)
    let needed = fidelity.validationCases + max(1, fidelity.cases)
    guard fidelity.validationCases > 0, available.count >= needed else {
      throw SearchError.tooFewCases(
        dataset: dataset.name, needed: max(2, needed), found: available.count)
    }
    let held = Array(available.prefix(fidelity.validationCases))
    let rest = available.dropFirst(fidelity.validationCases)
    let learnt = Array(fidelity.cases == 0 ? rest : rest.prefix(fidelity.cases))
    var planOptions = planOptions
    planOptions.baseChannels = fidelity.baseChannels
    let plan = try Planner(dataset: dataset, options: planOptions).plan(for: learnt) {
      onProgress(.fingerprinting(caseName: $0))
    }
    let loader = CaseLoader(
      dataset: dataset, plan: plan, modalities: plan.modalities.map(\.modality.name))
    let report = { (name: String) in onProgress(.preprocessing(caseName: name)) }
    let training = loader.load(learnt, onCase: report)
    let validation = loader.load(held, onCase: report)
    guard !training.cases.isEmpty, !validation.cases.isEmpty else {
      throw SearchError.tooFewCases(
        dataset: dataset.name, needed: needed,
        found: training.cases.count + validation.cases.count)
    }
    return Prepared(
      plan: plan, training: training.cases, validation: validation.cases,
      failures: training.failures + validation.failures)
  }
}
