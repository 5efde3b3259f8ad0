import Foundation
import Imaging
import Search
import Torch
import Training

/// `chiasm search-worker`: what `chiasm search --workers N` starts N times.
///
/// It reads genotypes from standard input and answers on standard output, a line of JSON each, until
/// its input ends. People have no use for it, so the overview does not list it.
struct SearchWorkerCommand: Command {
  static let help = Help(
    name: "search-worker",
    abstract: "Estimate for a search in another process; started by 'search --workers'.",
    usage: ["--dataset D --run RUN [--fold K] [--device cpu|cuda] [--threads N]"],
    options: [
      .init("dataset", "D", "The dataset of the search."),
      .init("run", "RUN", "The folder of the search, with its pipeline.json."),
      .init("fold", "K", "The fold that the search never looks at."),
    ] + ComputingOptions.help,
    example: "chiasm search-worker --dataset demo/phantom --run demo/search --threads 1")

  private let dataset: String
  private let folder: String
  private let fold: Int?
  private let computing: ComputingOptions

  init(_ arguments: inout Arguments) throws(UsageError) {
    _ = try PrintingOptions(&arguments)
    computing = try ComputingOptions(&arguments)
    dataset = try arguments.required("dataset")
    folder = try arguments.required("run")
    fold = try arguments.integer("fold", atLeast: 0)
  }

  func run(_ console: Console) throws -> ExitCode {
    let settings = try Pipeline.read(folder + "/pipeline.json")
    try computing.apply(threads: settings.threads)
    let run = SearchRun(
      dataset: try Dataset.load(dataset), folder: try RunFolder(creating: folder),
      options: settings.search, planOptions: settings.plan, trainingOptions: settings.training,
      fold: fold, device: computing.device)
    try run.serve(input: .standardInput, output: .standardOutput) {
      // Another thread may be in the middle of a training, so nothing is tidied up.
      _exit(ExitCode.done.rawValue)
    }
    return .done
  }

  /// So many processes of this program, each with its part of the threads.
  static func crew(
    of count: Int, dataset: String, run: String, fold: Int?, device: Device, threads: Int
  ) -> (count: Int, command: WorkerCommand) {
    var words = ["search-worker", "--dataset", dataset, "--run", run, "--quiet"]
    words += ["--device", "\(device)", "--threads", "\(max(1, threads / count))"]
    if let fold { words += ["--fold", "\(fold)"] }
    let program = Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments[0])
    return (count, WorkerCommand(executable: program, arguments: words))
  }
}
