public import Architecture
public import Imaging
public import Networks
import Randomness
public import Torch

/// A whole training, from a dataset to a run folder that can predict.
public struct TrainingRun {
  /// What is going on.
  public enum Progress {
    case fingerprinting(caseName: String)
    case planned(Plan)
    case preprocessing(caseName: String)
    case step(Int, of: Int, loss: Double)
    case epoch(EpochRecord)
  }

  public let dataset: Dataset
  public let folder: RunFolder
  public let design: NetworkDesign
  public let planOptions: PlanOptions
  public let options: TrainingOptions
  public let fold: Int?
  public let device: Device

  public init(
    dataset: Dataset, folder: RunFolder, design: NetworkDesign, planOptions: PlanOptions,
    options: TrainingOptions, fold: Int? = nil, device: Device = .cpu
  ) {
    self.dataset = dataset
    self.folder = folder
    self.design = design
    self.planOptions = planOptions
    self.options = options
    self.fold = fold
    self.device = device
  }

  /// Trains, writing `plan.json`, `genotype.json`, `run.json`, `log.jsonl`, a checkpoint after every
  /// epoch, `progress.png` and at the end `weights.safetensors`.
  ///
  /// - Parameter resume: Whether to go on from the folder's checkpoint; the result is the same as if
  ///   the training had never stopped.
  /// - Returns: The cases that had to be left out.
  public func callAsFunction(
    resume: Bool = false, chiasmVersion: String, onProgress: (Progress) -> Void = { _ in }
  ) throws -> [CaseFailure] {
    let split = try CaseSplit(of: dataset, fold: fold)
    let plan = try Planner(dataset: dataset, options: planOptions).plan(for: split.training) {
      onProgress(.fingerprinting(caseName: $0))
    }
    onProgress(.planned(plan))
    let loader = CaseLoader(dataset: dataset, plan: plan, modalities: design.modalities)
    let report = { (name: String) in onProgress(.preprocessing(caseName: name)) }
    let training = loader.load(split.training, onCase: report)
    let validation = loader.load(split.validation, onCase: report)
    let network = try Self.makeNetwork(design, plan: plan, seed: options.seed)
    try folder.write(plan, to: "plan.json")
    try folder.write(design, to: "genotype.json")
    try folder.write(
      record(
        chiasmVersion, training: training.cases.map(\.name),
        validation: validation.cases.map(\.name)),
      to: "run.json")
    try train(
      network, plan: plan, training: training.cases, validation: validation.cases, resume: resume,
      onProgress: onProgress)
    try WeightStore.save(network, to: folder.file("weights.safetensors"))
    return training.failures + validation.failures
  }

  /// The network of a design with its first weights, drawn from the seed.
  public static func makeNetwork(
    _ design: NetworkDesign, plan: Plan, seed: UInt64
  ) throws(TorchError) -> SegmentationNetwork {
    var generator = SplitMix64(seed: seed, stream: UInt64.max)
    return try SegmentationNetwork(design: design, topology: plan.topology, using: &generator)
  }

  private func train(
    _ network: SegmentationNetwork, plan: Plan, training: [PreprocessedCase],
    validation: [PreprocessedCase], resume: Bool, onProgress: (Progress) -> Void
  ) throws {
    let log = LineLog<EpochRecord>(path: folder.file("log.jsonl"))
    // A killed run may have logged an epoch whose checkpoint was never written.
    let done = resume ? try folder.checkpoint.finishedEpochs() : 0
    var records = resume ? try log.records().filter { $0.epoch <= done } : []
    try log.rewrite(records)
    let trainer = Trainer(network: network, plan: plan, options: options, device: device)
    try trainer.train(
      on: training, validating: validation, checkpoint: folder.checkpoint, resume: resume,
      onStep: { onProgress(.step($0 + 1, of: options.steps, loss: $1)) },
      onEpoch: { record in
        records.append(record)
        try log.append(record)
        try ProgressPicture.write(records, to: folder.file("progress.png"))
        onProgress(.epoch(record))
      })
  }

  private func record(
    _ version: String, training: [String], validation: [String]
  ) -> RunRecord {
    RunRecord(
      command: "train", chiasm: version, libtorch: TorchRuntime.version,
      device: "\(device)", threads: TorchRuntime.threads, seed: options.seed,
      dataset: dataset.name, fold: fold, trainingCases: training, validationCases: validation)
  }
}
