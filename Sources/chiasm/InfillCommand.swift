import Imaging
import Networks
import Training

/// `chiasm infill`: fills in the vectors of missing modalities by a deep Boltzmann machine.
struct InfillCommand: Command {
  static let help = Help(
    name: "infill",
    abstract: "Fill in the feature vectors of missing modalities by a deep Boltzmann machine.",
    usage: [
      "--embeddings FOLDER --output FOLDER (--train OTHER [--save MACHINE]",
      "| --machine MACHINE) [--hidden N] [--joint-units N] [--pretraining N]",
      "[--epochs N] [--signal S] [--learning-rate R] [--sweeps N] [--seed N] [--json]",
    ],
    options: [
      .init("embeddings", "FOLDER", "What `chiasm embed` has written: cases that lack scans."),
      .init("output", "FOLDER", "The folder for the same vectors and those filled in."),
      .init("train", "OTHER", "Embeddings of other cases, some of them complete, to learn from."),
      .init("save", "MACHINE", "The folder in which to keep the machine."),
      .init("machine", "MACHINE", "A machine that was kept."),
      .init("sweeps", "N", "The Gibbs sweeps that are averaged.", standard: "200"),
      .init("seed", "N", "The seed of training and sampling.", standard: "1"),
      .init("quiet", "Print nothing but warnings and errors."),
      .init("json", "Print the result as JSON."),
    ] + MachineChoice.help,
    example: "chiasm infill --embeddings patients --train complete --save machine "
      + "--output filled",
    discussion: "The machine has a pathway per modality and a joint layer on top (Srivastava and "
      + "Salakhutdinov 2012). What a case lacks is drawn by Gibbs sampling with what it has held "
      + "fixed; the mean of the draws is written, marked as infilled in embeddings.csv and .json. Such a "
      + "vector is made of the others: `chiasm retrieve` and `chiasm probe` leave it out.")

  private let embeddings: String
  private let output: String
  private let training: String?
  private let kept: String?
  private let machine: String?
  private let options: MachineOptions
  private let sweeps: Int
  private let printing: PrintingOptions

  init(_ arguments: inout Arguments) throws(UsageError) {
    printing = try PrintingOptions(&arguments)
    embeddings = try arguments.required("embeddings")
    output = try arguments.required("output")
    training = try arguments.option("train")
    kept = try arguments.option("save")
    machine = try arguments.option("machine")
    guard (training == nil) != (machine == nil) else {
      throw UsageError("Either --train or --machine is needed, and not both.")
    }
    let choice = try MachineChoice(&arguments)
    guard training != nil || !choice.isGiven && kept == nil else {
      throw UsageError("--save and what describes a new machine belong to --train.")
    }
    var options = choice.options
    options.seed = try arguments.seed() ?? options.seed
    self.options = options
    sweeps = try arguments.integer("sweeps", in: 1...1_000_000) ?? 200
  }

  func run(_ console: Console) throws -> ExitCode {
    let table = try EmbeddingFolder(embeddings).read()
    try Folder.create(output)
    let (machine, origin) = try trained(console)
    let filled = try table.infilled(
      by: machine, trainedOn: origin, sweeps: sweeps, seed: options.seed)
    try EmbeddingFolder(output).write(filled)
    let count = filled.rows.count - table.rows.count
    if count == 0 { console.warn("\(embeddings): no case lacks a modality of the machine's.") }
    if printing.isJSON {
      try console.json(
        Report(output: output, infilled: count, vectors: filled.rows.count))
    }
    console.note("\(output): \(count) of \(filled.rows.count) vectors are filled in.")
    return .done
  }

  private func trained(
    _ console: Console
  ) throws -> (machine: FeatureMachine, origin: EmbeddingOrigin) {
    if let machine { return try MachineFolder(machine).read() }
    try kept.map { try MachineFolder($0).refuseOtherWeights() }
    let table = try EmbeddingFolder(training ?? "").read().withoutInfilled()
    console.note("Training on \(table.samples().count) regions.")
    let found = try FeatureMachine(
      trainedOn: table.samples(), modalities: table.modalities, options: options)
    if let kept { try MachineFolder(kept).write(found, origin: table.origin) }
    return (found, table.origin)
  }

  private struct Report: Encodable {
    let output: String
    let infilled: Int
    let vectors: Int
  }
}
