import Architecture
import Imaging
import Randomness
import Torch
import Training

/// What a search works on: the cases, the space, and what judges its genotypes.
///
/// It depends on nothing but the dataset, the options and the seed, so every process of a search makes
/// the same one.
struct SearchSetup {
  let run: SearchRun
  let plan: Plan
  let space: NetworkSpace

  /// Trains any design; the baselines' judge, whatever the search's.
  let estimator: TrainingEstimator

  /// The cases that could be loaded.
  let trainingCases: [PreprocessedCase]
  let validationCases: [PreprocessedCase]

  /// The cases that could not.
  let failures: [CaseFailure]

  /// Draws the cases to learn from and to measure on, plans, and loads them.
  ///
  /// - Throws: ``SearchError/tooFewCases(dataset:needed:found:)``, and what keeps the cases from being
  ///   planned for.
  init(
    of run: SearchRun, onStep: @escaping @Sendable (Int, Int) -> Void,
    onProgress: (SearchRun.Progress) -> Void
  ) throws {
    self.run = run
    if run.options.subsets != .full {
      try ModalitySubsets.check(run.dataset.modalities.map(\.name))
    }
    let (learnt, held, needed) = try Self.draw(run)
    var planOptions = run.planOptions
    planOptions.baseChannels = run.options.fidelity.baseChannels
    plan = try Planner(dataset: run.dataset, options: planOptions).plan(for: learnt) {
      onProgress(.fingerprinting(caseName: $0))
    }
    let names = plan.modalities.map(\.modality.name)
    let loader = CaseLoader(
      dataset: run.dataset, plan: plan, modalities: names, threads: TorchRuntime.threads)
    let report = { (name: String) in onProgress(.preprocessing(caseName: name)) }
    let training = loader.load(learnt, onCase: report)
    let validation = loader.load(held, onCase: report)
    guard !training.cases.isEmpty, !validation.cases.isEmpty else {
      throw SearchError.tooFewCases(
        dataset: run.dataset.name, needed: needed,
        found: training.cases.count + validation.cases.count)
    }
    trainingCases = training.cases
    validationCases = validation.cases
    failures = training.failures + validation.failures
    space = try run.options.makeSpace(modalities: names, levels: plan.topology.levels.count)
    var estimator = TrainingEstimator(
      plan: plan, options: Self.lowFidelity(run), training: training.cases,
      validation: validation.cases, device: run.device,
      stages: run.options.stopsHopeless ? Self.stages : 1, subsets: run.options.subsets,
      onStep: onStep)
    estimator.measuresMemory = run.options.needsMemory && run.device == .cpu
    self.estimator = estimator
  }

  /// After how many parts of a training it may be stopped.
  static var stages: Int { 10 }

  private static func draw(
    _ run: SearchRun
  ) throws -> (learnt: [CaseFiles], held: [CaseFiles], needed: Int) {
    let fidelity = run.options.fidelity
    var generator = SplitMix64(seed: run.trainingOptions.seed, stream: RandomStream.searchCases)
    let cases = try CaseSplit(of: run.dataset, fold: run.fold).training
    // All scans of a patient are learnt from, or measured on.
    let patients = cases.patients.shuffled(using: &generator)
    let needed = fidelity.validationCases + max(1, fidelity.cases)
    guard fidelity.validationCases > 0, patients.count >= needed else {
      throw SearchError.tooFewCases(
        dataset: run.dataset.name, needed: max(2, needed), found: patients.count)
    }
    let rest = patients.dropFirst(fidelity.validationCases)
    func all(of patients: some Collection<String>) -> [CaseFiles] {
      patients.flatMap { patient in cases.filter { $0.patient == patient } }
    }
    return (
      all(of: fidelity.cases == 0 ? rest : rest.prefix(fidelity.cases)),
      all(of: patients.prefix(fidelity.validationCases)), needed
    )
  }

  /// The training of one candidate: the pipeline's, shortened to the fidelity's steps.
  private static func lowFidelity(_ run: SearchRun) -> TrainingOptions {
    var options = run.trainingOptions
    options.epochs = 1
    options.stepsPerEpoch = run.options.fidelity.steps
    return options
  }
}
