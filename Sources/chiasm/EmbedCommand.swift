import Architecture
import Imaging
import Training

/// `chiasm embed`: writes one vector per case, modality and region from a trained network's features.
struct EmbedCommand: Command {
  static let help = Help(
    name: "embed",
    abstract: "Write one feature vector per case, modality and region of a trained network.",
    usage: [
      "--model RUN --input DATASET --output FOLDER [--level L]",
      "[--features encoder|projection] [--regions whole|reference|predicted]",
      "[--patches N] [--patch-size MM] [--seed N] [--fold K | --cases A,B]",
      "[--step S] [--max-memory SIZE] [--device cpu|cuda] [--threads N] [--json]",
    ],
    options: ModelUse.help(
      input: ("DATASET", "The dataset whose cases are embedded."),
      output: ("FOLDER", "The folder for the three files.")
    ) + [
      .init(
        "level", "L", "The level whose features are pooled; 0 is the finest.",
        standard: "the deepest coordinated one, or the deepest"),
      .init(
        "features", "KIND",
        "projection: what a coordinated level's constraint ties; encoder: what a modality's encoder "
          + "gives.", standard: "projection where there is one"),
      .init(
        "regions", "FROM",
        "Beside the whole case, embed each label of the dataset's label map (reference) or of the "
          + "network's own mask (predicted).", standard: "whole"),
      .init("patches", "N", "Embed N cubes around random voxels of each label, and of none, too."),
      .init("patch-size", "MM", "The edge of these cubes.", standard: "12"),
      .init("seed", "N", "The seed by which they are drawn.", standard: "1"),
    ] + CaseSelection.help
      + InferenceChoice.patchHelp
      + ComputingOptions.help.filter { $0.name != "seed" },
    example: "chiasm embed --model runs/coordinated --input phantom --regions reference "
      + "--output embeddings",
    discussion: "A vector is the mean of a level's features over a region. A modality that a case "
      + "lacks has no vector; 'fused' is what the network makes of those that are there. FOLDER gets "
      + "embeddings.csv (for spreadsheets and pandas), embeddings.safetensors (the numbers, rows by "
      + "features) and embeddings.json (what each row is). A case that cannot be read is listed, the "
      + "others go on, and the status is 2.")

  private let use: ModelUse
  private let level: Int?
  private let kind: FeatureSource.Kind?
  private let regions: EmbeddingOrigin.RegionChoice
  private let patches: PatchRegions?
  private let inference: InferenceOptions
  private let printing: PrintingOptions

  init(_ arguments: inout Arguments) throws(UsageError) {
    printing = try PrintingOptions(&arguments)
    use = try ModelUse(&arguments)
    level = try arguments.integer("level", atLeast: 0)
    kind = try arguments.choice("features", of: FeatureSource.Kind.self)
    regions = try arguments.choice("regions", of: EmbeddingOrigin.RegionChoice.self) ?? .whole
    let perLabel = try arguments.integer("patches", in: 1...1000)
    let edge = try arguments.number("patch-size", from: 1, to: 1000)
    guard perLabel != nil || edge == nil && use.computing.seed == nil else {
      throw UsageError("--patch-size and --seed belong to --patches.")
    }
    let seed = use.computing.seed ?? 1
    patches = perLabel.map { PatchRegions(perLabel: $0, edge: edge ?? 12, seed: seed) }
    inference = try InferenceChoice.readPatches(&arguments)
  }

  func run(_ console: Console) throws -> ExitCode {
    try use.computing.apply()
    let folder = try RunFolder(opening: use.model)
    let dataset = try Dataset.load(use.input)
    // What the dataset lacks altogether has no vector, like what a case lacks.
    let there = dataset.modalities.map(\.name)
    let design = try folder.design().design
    let usable = zip(design.modalities, design.isRead).filter { $1 && there.contains($0) }.map(\.0)
    let check = PredictionCheck(
      model: folder, input: use.input, output: use.output, dataset: dataset,
      words: (option: "--input", advice: ""), modalities: usable.isEmpty ? nil : usable)
    try check.refuseForeignDataset()
    let cases = try use.cases(of: dataset, to: "embed")
    if let warning = try check.learntCases(among: cases, use.selection) { console.warn(warning) }
    // Where nothing can be written, nothing needs to be computed.
    try Folder.create(use.output)
    var run = EmbeddingRun(
      run: folder, dataset: dataset, device: use.computing.device, options: inference)
    (run.level, run.kind, run.regions, run.patches) = (level, kind, regions, patches)
    run.threads = use.computing.threads
    let bar = console.progress("Embedding", total: cases.count)
    var (done, failures): (Int, [Report.Failure]) = (0, [])
    let table = try run(cases) { name, fault in
      done += 1
      bar.advance(to: done, name)
      if let fault { failures.append(Report.Failure(name: name, reason: fault)) }
    }
    bar.finish()
    for failure in failures { console.warn(failure.reason, of: failure.name) }
    guard !table.rows.isEmpty else { return .failed }
    try EmbeddingFolder(use.output).write(table)
    if printing.isJSON { try console.json(Report(table, output: use.output, failures)) }
    console.note(
      "\(use.output): \(table.rows.count) vectors of \(table.width) numbers from \(cases.count) cases, "
        + "\(table.origin.source.kind.title) of level \(table.origin.source.level).")
    return failures.isEmpty ? .done : .someCasesFailed
  }

  private struct Report: Encodable {
    struct Failure: Encodable {
      let name: String
      let reason: String
    }

    let output: String
    let vectors: Int
    let width: Int
    let origin: EmbeddingOrigin
    let modalities: [String]
    let regions: [String]
    let failed: [Failure]

    init(_ table: EmbeddingTable, output: String, _ failed: [Failure]) {
      self.output = output
      vectors = table.rows.count
      width = table.width
      origin = table.origin
      modalities = table.modalities
      regions = table.regions.filter { !$0.hasPrefix("patch-") }
      self.failed = failed
    }
  }
}

extension FeatureSource.Kind {
  fileprivate var title: String {
    switch self {
    case .encoder: "encoders' features"
    case .projection: "projections"
    }
  }
}
