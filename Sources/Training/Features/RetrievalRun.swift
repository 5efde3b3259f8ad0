public import Metrics

/// Finds, for the scans of one modality, those of the same patients in another.
public struct RetrievalRun: Sendable {
  public let table: EmbeddingTable
  public let query: String
  public let target: String

  /// The regions whose vectors stand side by side for a case.
  public var regions = [FeatureRegion.wholeName]
  public var similarity = Similarity.centered
  public var bootstrap = Bootstrap()

  /// Other cases' vectors, by which the two modalities are brought into one space.
  public var alignment: EmbeddingTable?

  /// - Parameter table: What a machine filled in counts as absent: it was made of the vectors that it would
  ///   be compared with.
  public init(_ table: EmbeddingTable, query: String, target: String) {
    self.table = table.withoutInfilled()
    self.query = query
    self.target = target
  }

  /// Compares every case that has the query with every case that has the target.
  ///
  /// - Throws: ``EmbeddingError`` when the table or the other one lacks what is asked for, or they share
  ///   cases.
  public func callAsFunction() throws -> RetrievalReport {
    for name in [query, target] { try check(name) }
    let (queries, targets) = (vectors(of: query), vectors(of: target))
    guard !queries.isEmpty, !targets.isEmpty else {
      throw EmbeddingError.tooLittle(
        problem: "no case has a vector of \(queries.isEmpty ? query : target) for "
          + regions.joined(separator: ", "))
    }
    var sides = (queries.map(\.vectors), targets.map(\.vectors))
    if let alignment {
      try check(alignment)
      let align = try EmbeddingAlignment(query, target, in: alignment.withoutInfilled())
      sides = (try sides.0.map { try align.first($0) }, try sides.1.map { try align.second($0) })
    }
    return RetrievalReport(
      queries: queries.map(\.name), targets: targets.map(\.name),
      similarities: similarity.matrix(
        queries: sides.0.map { $0.flatMap(\.self) }, targets: sides.1.map { $0.flatMap(\.self) }),
      bootstrap: bootstrap)
  }

  /// The vectors of each case that has all regions.
  private func vectors(of modality: String) -> [(name: String, vectors: [[Double]])] {
    var found: [String: [String: [Double]]] = [:]
    for (place, row) in table.rows.enumerated() where row.modality == modality {
      found[row.caseName, default: [:]][row.region] = table.vector(place)
    }
    return table.caseNames.compactMap { name in
      let own = regions.compactMap { found[name]?[$0] }
      return own.count == regions.count ? (name, own) : nil
    }
  }

  private func check(_ modality: String) throws(EmbeddingError) {
    let hasFused = table.rows.contains { $0.modality == EmbeddingTable.fusedName }
    let known = table.modalities + (hasFused ? [EmbeddingTable.fusedName] : [])
    guard known.contains(modality) else {
      throw .unknownName(modality, concept: "modality", known: known)
    }
    if let region = regions.first(where: { !table.regions.contains($0) }) {
      throw .unknownName(
        region, concept: "region", known: table.regions.filter { !$0.hasPrefix("patch-") })
    }
  }

  /// The maps must be of the same network, and learnt from other patients.
  private func check(_ other: EmbeddingTable) throws(EmbeddingError) {
    guard other.origin.weights == table.origin.weights, other.origin.source == table.origin.source
    else { throw .otherFeatures(than: "those to align by") }
    let shared = Set(other.caseNames).intersection(table.caseNames).sorted()
    if other.origin.dataset == table.origin.dataset, let first = shared.first {
      throw .sharedCases(first: first, count: shared.count)
    }
  }
}
