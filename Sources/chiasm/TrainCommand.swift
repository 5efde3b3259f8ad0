import Architecture
import Foundation
import Imaging
import Training

/// `chiasm train`: trains one network and leaves a run folder that can predict.
struct TrainCommand: Command {
  static let help = Help(
    name: "train",
    abstract: "Train a network: a searched fusion, early fusion or a single modality.",
    usage: [
      "--dataset D --output RUN [--genotype G.json] [--pipeline P.json]",
      "[--modalities A,B] [--fusion joint|coordinated|early] [--combination NAME]",
      "[--constraint NAME] [--weight W] [--fold K] [--epochs N]",
      "[--resume] [--device cpu|cuda] [--threads N] [--seed N]",
    ],
    options: [
      .init("dataset", "D", "The dataset to learn from."),
      .init("output", "RUN", "The run folder to write."),
      .init("pipeline", "P.json", "The settings.", standard: "built-in"),
    ] + DesignChoice.help + [
      .init("fold", "K", "Hold out fold K, from 0.", standard: "learn from all cases"),
      .init("epochs", "N", "Train this long.", standard: "the pipeline's"),
      .init("resume", "Go on from the last checkpoint in RUN."),
    ] + ComputingOptions.help,
    example: "chiasm train --dataset demo/phantom --genotype demo/search/best.json --fold 0 "
      + "--output demo/fused",
    discussion: "With --fold, the held-out cases are segmented at the end: masks and pictures in "
      + "RUN/validation, Dice and distances in RUN/summary.json. A resumed run takes its settings and its network from RUN unless they are given "
      + "again, and ends with the same weights as one that was never stopped.")

  private let dataset: String
  private let output: String
  private let pipeline: String?
  private let choice: DesignChoice
  private let fold: Int?
  private let epochs: Int?
  private let isResumed: Bool
  private let computing: ComputingOptions
  private let printing: PrintingOptions

  init(_ arguments: inout Arguments) throws(UsageError) {
    printing = try PrintingOptions(&arguments)
    computing = try ComputingOptions(&arguments)
    isResumed = try arguments.flag("resume")
    dataset = try arguments.required("dataset")
    output = try arguments.required("output")
    pipeline = try arguments.option("pipeline")
    choice = try DesignChoice(&arguments)
    fold = try arguments.integer("fold", atLeast: 0)
    epochs = try arguments.integer("epochs", in: 1...Pipeline.mostSteps)
  }

  func run(_ console: Console) throws -> ExitCode {
    try RunStart.check(output, isResumed: isResumed)
    var settings = try Pipeline.read(RunStart.pipeline(pipeline, of: output, isResumed: isResumed))
    if let epochs { settings.training.epochs = epochs }
    if let seed = computing.seed { settings.training.seed = seed }
    try computing.apply(threads: settings.threads)
    let data = try Dataset.load(dataset)
    let design = try choice.design(for: data, resumed: isResumed ? output + "/genotype.json" : nil)
    let folder = try RunFolder(creating: output)
    let held = try RunStart.fold(fold, of: folder, isResumed: isResumed)
    if isResumed {
      try RunStart.check(settings, against: folder)
    } else {
      try folder.write(settings, to: "pipeline.json")
    }
    try warnAboutSearchedCases(data, fold: held, console)
    let run = TrainingRun(
      dataset: data, folder: folder, design: design, planOptions: settings.plan,
      options: settings.training, fold: held, device: computing.device)
    let display = TrainingDisplay(console, options: settings.training)
    let failures = try run(
      resume: isResumed, chiasmVersion: Chiasm.version, onProgress: { display.show($0) })
    display.finish()
    if let held, try !CaseSplit(of: data, fold: held).validation.isEmpty {
      console.note("Measuring the held-out cases.")
      try HeldOutCases(run: folder, dataset: dataset, fold: held, device: computing.device)
        .evaluate(console)
    }
    return try report(failures, design, display.last, console)
  }

  private func warnAboutSearchedCases(
    _ data: Dataset, fold: Int?, _ console: Console
  ) throws {
    guard case .file(let path) = choice, fold != nil else { return }
    let held = try CaseSplit(of: data, fold: fold).validation.map(\.name)
    if let warning = try RunStart.warning(aboutGenotype: path, heldOut: held) {
      console.warn(warning)
    }
  }

  private func report(
    _ failures: [CaseFailure], _ design: NetworkDesign, _ last: EpochRecord?, _ console: Console
  ) throws -> ExitCode {
    for failure in failures { console.warn(failure.reason, of: failure.caseName) }
    if printing.isJSON {
      try console.json(
        Report(
          run: output, network: design.title, lastEpoch: last, failedCases: failures))
    }
    let dice = last?.validationDice.map { String(format: ", validation Dice %.3f", $0) } ?? ""
    console.note("\(output): \(design.title) is trained\(dice).")
    return failures.isEmpty ? .done : .someCasesFailed
  }

  private struct Report: Encodable {
    let run: String
    let network: String
    let lastEpoch: EpochRecord?
    let failedCases: [CaseFailure]
  }
}
