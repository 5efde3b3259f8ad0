import Foundation

/// How well scans of one modality find the scans of the same patients in another.
public struct RetrievalReport: Equatable, Sendable {
  /// A target as a query finds it.
  public struct Match: Codable, Hashable, Sendable {
    public let name: String
    public let similarity: Double
  }

  /// What one query found.
  public struct Query: Codable, Hashable, Sendable {
    public let name: String

    /// The place of the target of the same name among all, from 1; those that are as similar come
    /// before it, so that a measure which tells nothing apart finds nothing.
    public let rank: Int

    /// All targets, the most similar first; of equal ones in the order of their names.
    public let matches: [Match]
  }

  public let queries: [Query]

  /// How many targets each query is compared with.
  public let targetCount: Int

  /// The queries for which there is no target of the same name; they are not counted.
  public let withoutPartner: [String]

  public let bootstrap: Bootstrap

  /// - Parameter similarities: A row per query with a number per target.
  /// - Precondition: Targets have different names, and so have queries.
  public init(
    queries: [String], targets: [String], similarities: [[Double]],
    bootstrap: Bootstrap = Bootstrap()
  ) {
    precondition(
      similarities.count == queries.count
        && similarities.allSatisfy { $0.count == targets.count }, "one similarity for each pair")
    precondition(
      Set(targets).count == targets.count && Set(queries).count == queries.count,
      "a name is there twice")
    self.queries = zip(queries, similarities).compactMap { name, row in
      guard let own = targets.firstIndex(of: name) else { return nil }
      let others = row.indices.filter { $0 != own && row[$0] >= row[own] }
      let matches = zip(targets, row).map { Match(name: $0, similarity: $1) }
      return Query(
        name: name, rank: others.count + 1,
        matches: matches.sorted {
          $0.similarity == $1.similarity ? $0.name < $1.name : $0.similarity > $1.similarity
        })
    }
    withoutPartner = queries.filter { !targets.contains($0) }
    targetCount = targets.count
    self.bootstrap = bootstrap
  }

  /// A figure with where it would lie for other patients like these, and what drawing lots gives.
  public struct Figure: Codable, Equatable, Sendable {
    public let value: Double

    /// The ends of the bootstrap interval over the queries; the targets stay the same.
    public let interval: [Double]

    public let chance: Double
  }

  /// The share of queries whose partner is among the first `count`; `nil` without a query.
  public func recall(at count: Int) -> Figure? {
    let hits = queries.map { $0.rank <= count ? 1.0 : 0 }
    return figure(hits, chance: min(1, Double(count) / Double(max(1, targetCount)))) {
      $0.reduce(0, +) / Double($0.count)
    }
  }

  /// The median place of the partner; `nil` without a query.
  public var medianRank: Figure? {
    figure(queries.map { Double($0.rank) }, chance: Double(targetCount + 1) / 2) { ranks in
      let sorted = ranks.sorted()
      return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    }
  }

  private func figure(
    _ numbers: [Double], chance: Double, _ statistic: ([Double]) -> Double
  ) -> Figure? {
    guard !numbers.isEmpty else { return nil }
    let interval = bootstrap.interval(of: statistic, over: numbers)
    return Figure(
      value: statistic(numbers), interval: [interval.lowerBound, interval.upperBound],
      chance: chance)
  }

  /// A line per figure.
  public func table() -> String {
    var table = TextTable(header: ["", "found", "95 % interval", "by chance"])
    let rows = [
      ("recall@1", recall(at: 1), "%.3f"), ("recall@5", recall(at: 5), "%.3f"),
      ("median rank", medianRank, "%.1f"),
    ]
    for (title, figure, format) in rows {
      guard let figure else { continue }
      let cells = ([figure.value] + figure.interval + [figure.chance])
        .map { String(format: format, $0) }
      table.add([title, cells[0], "\(cells[1]) to \(cells[2])", cells[3]])
    }
    return table.text
  }
}

extension RetrievalReport: Encodable {
  private enum CodingKeys: String, CodingKey {
    case recallAt1, recallAt5, medianRank, targets, withoutPartner, queries
  }

  /// The figures, then every query with its ranked list.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(recall(at: 1), forKey: .recallAt1)
    try fields.encode(recall(at: 5), forKey: .recallAt5)
    try fields.encode(medianRank, forKey: .medianRank)
    try fields.encode(targetCount, forKey: .targets)
    try fields.encode(withoutPartner, forKey: .withoutPartner)
    try fields.encode(queries, forKey: .queries)
  }
}
