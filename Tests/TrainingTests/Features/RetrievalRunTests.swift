import Metrics
import Testing

@testable import Training

struct RetrievalRunTests {
  private func run(
    _ table: EmbeddingTable = EmbeddingFixtures.table(), target: String = "mri"
  ) -> RetrievalRun {
    RetrievalRun(table, query: "ct", target: target)
  }

  /// By the angle only the side of the mean counts on which the one shared feature lies.
  @Test func casesOnTheSameSideOfTheMeanFindEachOther() throws {
    let table = EmbeddingFixtures.table(noise: 0.0001)
    let report = try run(table)()
    #expect(report.targetCount == 12 && report.queries.count == 12)
    let own = Dictionary(
      uniqueKeysWithValues: table.samples().filter { $0.region == "whole" }.map {
        ($0.caseName, $0.vectors["ct"]?[2] ?? .nan)
      })
    let mean = own.values.reduce(0, +) / 12
    let above = Set(own.filter { $0.value > mean }.keys)
    for query in report.queries {
      let alike = above.contains(query.name) ? above : Set(own.keys).subtracting(above)
      #expect(Set(query.matches.prefix(alike.count).map(\.name)) == alike)
      #expect(query.rank <= alike.count)
    }
  }

  /// By distance the one feature that both share decides, up to the noise.
  @Test func theDistanceFindsTheSharedFeature() throws {
    var retrieve = run(EmbeddingFixtures.table(noise: 0.001))
    retrieve.similarity = .euclidean
    #expect(try retrieve().recall(at: 1)?.value == 1)
  }

  @Test func alignmentFindsWhatIsShared() throws {
    var retrieve = run(EmbeddingFixtures.table(cases: 40, noise: 0.001))
    retrieve.regions = ["core"]
    retrieve.similarity = .euclidean
    let before = try retrieve()
    retrieve.alignment = EmbeddingFixtures.table(
      cases: 60, dataset: "other", seed: 2, noise: 0.001)
    let after = try retrieve()
    #expect(before.queries.count == 40 && after.queries.count == 40)
    #expect(try #require(after.medianRank).value < 4)
  }

  /// It was made of what it would find.
  @Test func whatAMachineFilledInIsNotLookedUp() throws {
    var table = EmbeddingFixtures.table(cases: 3)
    table.add(EmbeddingFixtures.row("late", "ct"), [0, 0, 1])
    table.add(
      .init(
        caseName: "late", modality: "mri", region: "whole", label: nil, volume: 8,
        isInfilled: true), [0, 0, 1])
    let report = try run(table)()
    #expect(report.queries.map(\.name) == ["case-0", "case-1", "case-2"])
    #expect(report.targetCount == 3 && report.withoutPartner == ["late"])
    #expect(ProbeRun(table).table.rows.allSatisfy { $0.isInfilled == nil })
    #expect(ProbeRun(table).table.rows.count == table.rows.count - 1)
  }

  @Test func regionsStandSideBySide() throws {
    var retrieve = run()
    retrieve.regions = ["core", "shell"]
    #expect(try retrieve().queries.count == 12)
    var table = EmbeddingFixtures.table(cases: 3)
    table.add(EmbeddingFixtures.row("late", "ct", "core", label: "core"), [0, 0, 0])
    retrieve = run(table)
    retrieve.regions = ["core"]
    #expect(try retrieve().withoutPartner == ["late"])
    retrieve.regions = ["core", "shell"]
    #expect(try retrieve().withoutPartner == [])
  }

  @Test func whatIsNotThereIsRefused() {
    #expect(
      throws: EmbeddingError.unknownName("pet", concept: "modality", known: ["ct", "mri"])
    ) { try run(target: "pet")() }
    var table = EmbeddingFixtures.table()
    table.add(EmbeddingFixtures.row("case-0", "fused"), [0, 0, 0])
    #expect(
      throws: EmbeddingError.unknownName("pet", concept: "modality", known: ["ct", "mri", "fused"])
    ) { try run(table, target: "pet")() }
    var retrieve = run()
    retrieve.regions = ["liver"]
    #expect(
      throws: EmbeddingError.unknownName(
        "liver", concept: "region", known: ["whole", "core", "shell"])
    ) { try retrieve() }
  }

  @Test func alignmentByTheSameCasesOrAnotherNetworkIsRefused() {
    var retrieve = run()
    retrieve.alignment = EmbeddingFixtures.table(cases: 2)
    #expect(throws: EmbeddingError.sharedCases(first: "case-0", count: 2)) { try retrieve() }
    retrieve.alignment = EmbeddingTable(
      origin: EmbeddingFixtures.origin(weights: "other"), width: 3)
    #expect(throws: EmbeddingError.otherFeatures(than: "those to align by")) { try retrieve() }
    retrieve.alignment = EmbeddingTable(
      origin: EmbeddingFixtures.origin(dataset: "empty"), width: 3)
    #expect(
      throws: EmbeddingError.tooLittle(problem: "0 pairs of ct and mri to align them by")
    ) { try retrieve() }
  }
}
