import Foundation
import Imaging
import Search
import Torch
import Training

/// `chiasm search`: looks for the network that is best for a dataset: a fusion, a chain or branches.
struct SearchCommand: Command {
  static let help = Help(
    name: "search",
    abstract: "Search for the network that is best for a dataset, with honest baselines beside it.",
    usage: [
      "--dataset D --pipeline P.json --output RUN [--resume] [--trials N]",
      "[--workers N] [--fold K] [--device cpu|cuda] [--threads N] [--seed N]",
    ],
    options: [
      .init("dataset", "D", "The dataset to search on."),
      .init("pipeline", "P.json", "The settings; its \"search\" section says how to search."),
      .init("output", "RUN", "The folder for leaderboard.jsonl, best.json and the report."),
      .init("resume", "Go on from the leaderboard in RUN."),
      .init("trials", "N", "How many genotypes to try.", standard: "the pipeline's"),
      .init("workers", "N", "Train in N processes at a time; the threads are shared out."),
      .init("fold", "K", "Never look at the cases that fold K holds out, from 0."),
    ] + ComputingOptions.help,
    example: "chiasm search --dataset demo/phantom --pipeline pipelines/search-random.json "
      + "--fold 0 --output demo/search")

  private let dataset: String
  private let pipeline: String?
  private let output: String
  private let isResumed: Bool
  private let trials: Int?
  private let workers: Int?
  private let fold: Int?
  private let computing: ComputingOptions
  private let printing: PrintingOptions

  init(_ arguments: inout Arguments) throws(UsageError) {
    printing = try PrintingOptions(&arguments)
    computing = try ComputingOptions(&arguments)
    isResumed = try arguments.flag("resume")
    dataset = try arguments.required("dataset")
    output = try arguments.required("output")
    pipeline = try arguments.option("pipeline")
    trials = try arguments.integer("trials", in: 1...1_000_000)
    workers = try arguments.integer("workers", in: 1...256)
    fold = try arguments.integer("fold", atLeast: 0)
    if pipeline == nil, !isResumed { throw UsageError("--pipeline is missing.") }
  }

  func run(_ console: Console) throws -> ExitCode {
    try RunStart.check(output, isResumed: isResumed)
    var settings = try Pipeline.read(RunStart.pipeline(pipeline, of: output, isResumed: isResumed))
    if let trials { settings.search.trials = trials }
    if let seed = computing.seed { settings.training.seed = seed }
    try computing.apply(threads: settings.threads)
    let data = try Dataset.load(dataset)
    let folder = try RunFolder(creating: output)
    let held = try RunStart.fold(fold, of: folder, isResumed: isResumed)
    if isResumed {
      try RunStart.check(settings, against: folder, growing: \.search.trials)
    }
    let identity = try record(of: data, settings, fold: held)
    // A run of which there is a run.json has its settings, whenever it is killed.
    if !isResumed { try folder.write(settings, to: "pipeline.json") }
    try folder.begin([(name: "run.json", value: identity)], resume: isResumed)
    if isResumed {
      try SearchRun.checkThatTrialsSuffice(settings.search, in: folder)
      try folder.write(settings, to: "pipeline.json")
    }
    let run = SearchRun(
      dataset: data, folder: folder, options: settings.search, planOptions: settings.plan,
      trainingOptions: settings.training, fold: held, device: computing.device,
      machine: Machine.name)
    let display = SearchDisplay(
      console, options: settings.search, modalities: data.modalities.count)
    let crew = workers.map {
      SearchWorkerCommand.crew(
        of: $0, dataset: dataset, run: output, fold: held, device: computing.device,
        threads: TorchRuntime.threads)
    }
    let report = try run(
      resume: isResumed, workers: crew, onStep: display.onStep, onProgress: { display.show($0) })
    display.finish()
    for failure in report.leftOut { console.warn(failure.reason, of: failure.caseName) }
    if printing.isJSON {
      try console.json(report)
    } else {
      console.result(SearchDisplay.table(of: report))
      console.note("\(output): best.json, leaderboard.jsonl, report.md.")
    }
    return report.leftOut.isEmpty ? .done : .someCasesFailed
  }

  private func record(of data: Dataset, _ settings: Pipeline, fold: Int?) throws -> RunRecord {
    let split = try CaseSplit(of: data, fold: fold)
    return RunRecord(
      command: "search", chiasm: Chiasm.version, libtorch: TorchRuntime.version,
      device: "\(computing.device)", threads: TorchRuntime.threads,
      seed: settings.training.seed, dataset: data.name, fold: fold,
      trainingCases: split.training.map(\.name), validationCases: split.validation.map(\.name))
  }
}
