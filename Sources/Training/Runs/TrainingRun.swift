public import Architecture
import Foundation
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
  /// - Throws: ``TrainingError`` when a resumed run is not the one in the folder, before anything is
  ///   written.
  public func callAsFunction(
    resume: Bool = false, chiasmVersion: String, onProgress: (Progress) -> Void = { _ in }
  ) throws -> [CaseFailure] {
    let split = try CaseSplit(of: dataset, fold: fold)
    if options.deepSupervision, !design.hasLevels {
      throw TrainingError.singleOutput(network: design.title)
    }
    try check(split.training)
    try folder.begin(
      [
        (name: "genotype.json", value: design),
        (name: "run.json", value: record(of: split, chiasmVersion)),
      ], resume: resume)
    let plan = try plan(for: split.training, resume: resume, onProgress: onProgress)
    onProgress(.planned(plan))
    let loader = CaseLoader(
      dataset: dataset, plan: plan, modalities: design.modalities, threads: TorchRuntime.threads)
    let report = { (name: String) in onProgress(.preprocessing(caseName: name)) }
    let training = loader.load(split.training, onCase: report)
    let validation = loader.load(split.validation, onCase: report)
    let network = try Self.makeNetwork(design, plan: plan, seed: options.seed)
    try train(
      network, plan: plan, training: training.cases, validation: validation.cases, resume: resume,
      onProgress: onProgress)
    try WeightStore.save(network, to: folder.file("weights.safetensors"))
    return training.failures + validation.failures
  }

  /// Refuses a network that would learn from a modality that no case has.
  private func check(_ training: [CaseFiles]) throws(TrainingError) {
    for name in design.modalities where !training.contains(where: { $0.images[name] != nil }) {
      throw .absentModality(name: name, dataset: dataset.name)
    }
  }

  /// The plan of the run: made from the training cases, or the one it was started with.
  private func plan(
    for training: [CaseFiles], resume: Bool, onProgress: (Progress) -> Void
  ) throws -> Plan {
    if resume, FileManager.default.fileExists(atPath: folder.file("plan.json")) {
      return try folder.read(Plan.self, from: "plan.json")
    }
    let plan = try Planner(dataset: dataset, options: planOptions).plan(for: training) {
      onProgress(.fingerprinting(caseName: $0))
    }
    try folder.write(plan, to: "plan.json")
    return plan
  }

  /// The network of a design with its first weights, drawn from the seed.
  public static func makeNetwork(
    _ design: NetworkDesign, plan: Plan, seed: UInt64
  ) throws(TorchError) -> SegmentationNetwork {
    var generator = SplitMix64(seed: seed, stream: RandomStream.firstWeights)
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

  private func record(of split: CaseSplit, _ version: String) -> RunRecord {
    var record = RunRecord(
      command: "train", chiasm: version, libtorch: TorchRuntime.version,
      device: "\(device)", threads: TorchRuntime.threads, seed: options.seed,
      dataset: dataset.name, fold: fold, trainingCases: split.training.map(\.name),
      validationCases: split.validation.map(\.name))
    var missing: [String: [String]] = [:]
    for files in split.training + split.validation where dataset.isAligned {
      let absent = design.modalities.filter { files.images[$0] == nil }
      if !absent.isEmpty { missing[files.name] = absent }
    }
    record.missingModalities = missing.isEmpty ? nil : missing
    return record
  }
}
