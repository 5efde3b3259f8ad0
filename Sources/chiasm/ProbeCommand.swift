import Imaging
import Metrics
import Training

/// `chiasm probe`: what linear classifiers and regressions make of frozen features.
struct ProbeCommand: Command {
  static let help = Help(
    name: "probe",
    abstract: "Judge features by linear probes: which label is here, and how large is it?",
    usage: [
      "--embeddings FOLDER [--task label|volume] [--folds 5] [--penalty 1]",
      "[--joint dbm [--hidden N] [--joint-units N] [--pretraining N] [--epochs N]",
      "[--signal S] [--learning-rate R]] [--withhold MODALITY] [--seed N] [--json]",
    ],
    options: [
      .init(
        "embeddings", "FOLDER", "What `chiasm embed` has written with --regions or --patches."),
      .init(
        "task", "NAME",
        "label: which label a patch or region shows, by logistic regression; volume: how large a "
          + "structure is, by ridge regression on its region's features.", standard: "both"),
      .init("folds", "K", "The folds of the cross-validation, by case.", standard: "5"),
      .init("penalty", "L", "The L2 penalty on the weights.", standard: "1"),
      .init(
        "joint", "dbm",
        "With labels: compare the joint layer of a multimodal deep Boltzmann machine, too."),
      .init(
        "withhold", "MODALITY",
        "Learn with this modality and judge without it: how well can it be filled in?"),
      .init("seed", "N", "The seed of folds, machine and bootstrap.", standard: "1"),
      .init("quiet", "Print nothing but results, warnings and errors."),
      .init("json", "Print the results as JSON."),
    ] + MachineChoice.help,
    example: "chiasm probe --embeddings embeddings --task label",
    discussion:
      "Every modality alone stands beside what is made of all: their features side by side, "
      + "their mean, and what the network fused; and beside what knowing no feature gives. No case "
      + "is both learnt from and judged. Only cases with all modalities count. Accuracy is the mean "
      + "over the cases, its interval a bootstrap over them.")

  private enum Task: String, CaseIterable { case label, volume }
  private enum Joint: String, CaseIterable { case dbm }

  private let embeddings: String
  private let task: Task?
  private let probe: (EmbeddingTable) -> ProbeRun
  private let withheld: String?
  private let printing: PrintingOptions

  init(_ arguments: inout Arguments) throws(UsageError) {
    printing = try PrintingOptions(&arguments)
    embeddings = try arguments.required("embeddings")
    task = try arguments.choice("task", of: Task.self)
    let folds = try arguments.integer("folds", in: 2...1000) ?? 5
    let penalty = try arguments.number("penalty", from: 1e-9, to: 1e9) ?? 1
    let joint = try arguments.choice("joint", of: Joint.self)
    guard joint == nil || task != .volume else {
      throw UsageError("--joint dbm goes with labels, and --task volume asks for volumes alone.")
    }
    let choice = try MachineChoice(&arguments)
    guard joint != nil || !choice.isGiven else {
      throw UsageError("What describes a machine belongs to --joint dbm.")
    }
    let seed = try arguments.seed() ?? 1
    let withheld = try arguments.option("withhold")
    self.withheld = withheld
    probe = { table in
      var run = ProbeRun(table)
      (run.folds, run.penalty, run.seed, run.withheld) = (folds, penalty, seed, withheld)
      run.bootstrap = Bootstrap(seed: seed)
      if joint != nil {
        var machine = choice.options
        machine.seed = seed
        run.machine = machine
      }
      return run
    }
  }

  func run(_ console: Console) throws -> ExitCode {
    let table = try EmbeddingFolder(embeddings).read()
    if let withheld, !table.modalities.contains(withheld) || table.modalities.count < 2 {
      throw UsageError(
        "--withhold takes one of several modalities, and \(embeddings) has "
          + table.modalities.joined(separator: ", ") + ".")
    }
    let structures = table.regions.filter { region in
      table.rows.contains { $0.region == region && $0.label == region }
    }
    guard table.rows.contains(where: { $0.label != nil }),
      task != .volume || !structures.isEmpty
    else {
      throw UsageError(
        "--embeddings \(embeddings): there are whole cases"
          + (structures.isEmpty && task == .volume ? " and patches" : "")
          + " alone. Embed with --regions reference.")
    }
    if let warning = table.origin.warning(about: table.caseNames) { console.warn(warning) }
    let probe = probe(table)
    var report = Report()
    if task != .volume {
      report.label = try probe.classification().map { .init(view: $0.title, report: $0.report) }
    }
    for structure in structures where task != .label {
      report.volume[structure] = try probe.regression(ofVolume: structure)
        .map { .init(view: $0.title, report: $0.report) }
    }
    if printing.isJSON { try console.json(report) } else { console.result(report.text) }
    return .done
  }

  private struct Report: Encodable {
    struct Line<Result: Encodable>: Encodable {
      let view: String
      let report: Result
    }

    var label: [Line<ClassificationReport>] = []
    var volume: [String: [Line<RegressionReport>]] = [:]

    var text: String {
      var blocks: [String] = []
      if let first = label.first?.report {
        var table = TextTable(header: ["which label?", "accuracy", "95 % interval", "balanced"])
        for line in label {
          let ends = line.report.interval.map { Metric.dice.format($0) }
          table.add([
            line.view, Metric.dice.format(line.report.accuracy), ends.joined(separator: " to "),
            Metric.dice.format(line.report.balancedAccuracy),
          ])
        }
        blocks.append("\(first.samples) regions of \(first.cases) cases\n\n" + table.text)
      }
      for (structure, lines) in volume.sorted(by: { $0.key < $1.key }) {
        var table = TextTable(
          header: ["volume of \(structure)", "error, ml", "95 % interval", "R²"])
        for line in lines {
          let ends = line.report.interval.map { Metric.dice.format($0) }
          table.add([
            line.view, Metric.dice.format(line.report.meanAbsoluteError),
            ends.joined(separator: " to "), Metric.dice.format(line.report.rSquared),
          ])
        }
        blocks.append(table.text)
      }
      return blocks.joined(separator: "\n\n")
    }
  }
}
