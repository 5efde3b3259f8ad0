import Imaging
import Metrics
import Training

/// `chiasm retrieve`: finds, for a scan of one modality, the same patient's in another.
struct RetrieveCommand: Command {
  static let help = Help(
    name: "retrieve",
    abstract:
      "For a scan of one modality, find the same patient's scan in another by its features.",
    usage: [
      "--embeddings FOLDER --query MODALITY --target MODALITY [--case ID]",
      "[--region A,B] [--similarity cosine|centered|euclidean] [--align OTHER]",
      "[--seed N] [--json]",
    ],
    options: [
      .init("embeddings", "FOLDER", "What `chiasm embed` has written."),
      .init("query", "MODALITY", "What is looked up."),
      .init("target", "MODALITY", "Among what."),
      .init("case", "ID", "Print what the scan of this case finds, the most similar first."),
      .init(
        "region", "A,B", "The regions that are compared, side by side.", standard: "whole"),
      .init(
        "similarity", "NAME",
        "cosine; centered: the cosine after each modality's mean is subtracted; or euclidean.",
        standard: "centered"),
      .init(
        "align", "OTHER",
        "Embeddings of other cases, by whose pairs the two spaces are mapped on to each other "
          + "(canonical correlation): for networks whose modalities share no space."),
      .init("seed", "N", "The seed of the bootstrap.", standard: "1"),
      .init("quiet", "Print nothing but results, warnings and errors."),
      .init("json", "Print the figures and every ranked list as JSON."),
    ],
    example: "chiasm retrieve --embeddings embeddings --query mri --target ct",
    discussion:
      "recall@k is the share of queries whose partner is among the k most similar targets, "
      + "the median rank the place at which half of them are found. Beside both stand their 95 % "
      + "bootstrap interval over the queries and what drawing lots would give.")

  private let embeddings: String
  private let retrieval: (EmbeddingTable) -> RetrievalRun
  private let caseName: String?
  private let other: String?
  private let names: [String]
  private let printing: PrintingOptions

  init(_ arguments: inout Arguments) throws(UsageError) {
    printing = try PrintingOptions(&arguments)
    embeddings = try arguments.required("embeddings")
    let (query, target) = (try arguments.required("query"), try arguments.required("target"))
    caseName = try arguments.option("case")
    other = try arguments.option("align")
    let regions = try arguments.list("region") ?? [FeatureRegion.wholeName]
    let similarity = try arguments.choice("similarity", of: Similarity.self) ?? .centered
    let bootstrap = Bootstrap(seed: try arguments.seed() ?? Bootstrap().seed)
    guard query != target else {
      throw UsageError("--query and --target name the same modality, '\(query)'.")
    }
    names = [query, target]
    retrieval = { table in
      var run = RetrievalRun(table, query: query, target: target)
      (run.regions, run.similarity, run.bootstrap) = (regions, similarity, bootstrap)
      return run
    }
  }

  func run(_ console: Console) throws -> ExitCode {
    let table = try EmbeddingFolder(embeddings).read()
    var retrieve = retrieval(table)
    retrieve.alignment = try other.map { try EmbeddingFolder($0).read() }
    let report = try retrieve()
    if let warning = table.origin.warning(about: report.queries.map(\.name)) {
      console.warn(warning)
    }
    if let caseName {
      try refuseAbsent(caseName, in: retrieve.table)
      return try list(caseName, report, console)
    }
    if printing.isJSON {
      try console.json(report)
    } else {
      console.result(
        "\(names[0]) → \(names[1]): \(report.queries.count) queries among \(report.targetCount) "
          + "targets\n\n" + report.table())
    }
    for name in report.withoutPartner { console.warn("\(name): there is no \(names[1]) to find.") }
    return report.queries.isEmpty ? .badData : .done
  }

  /// Refuses a case that has no vector of one of the two modalities.
  private func refuseAbsent(_ name: String, in table: EmbeddingTable) throws(UsageError) {
    let own = Set(table.rows.filter { $0.caseName == name }.map(\.modality))
    if !own.isEmpty, let absent = names.first(where: { !own.contains($0) }) {
      throw UsageError("--case: the case '\(name)' has no \(absent).")
    }
  }

  /// What one case found.
  private func list(
    _ name: String, _ report: RetrievalReport, _ console: Console
  ) throws -> ExitCode {
    guard let query = report.queries.first(where: { $0.name == name }) else {
      let known = report.queries.map(\.name)
      throw UsageError(
        "--case: there is no case '\(name)' with \(names[0]) and \(names[1])."
          + Suggestion.sentence(for: name, among: known))
    }
    guard !printing.isJSON else {
      try console.json(query)
      return .done
    }
    var table = TextTable(header: ["\(names[0]) of \(name) finds", "similarity", "place"])
    for (place, match) in query.matches.enumerated() {
      table.add([
        match.name + (match.name == name ? " (itself)" : ""),
        Metric.dice.format(match.similarity), "\(place + 1)",
      ])
    }
    console.result(table.text)
    return .done
  }
}
