import Foundation
import Metrics
import TestSupport
import Testing

struct RetrievalReportTests {
  /// a finds itself first, b second, c third of three.
  private let report = RetrievalReport(
    queries: ["a", "b", "c"], targets: ["a", "b", "c"],
    similarities: [[0.9, 0.1, 0.2], [0.8, 0.7, 0.1], [0.5, 0.4, 0.3]])

  @Test func ranksByHand() throws {
    #expect(report.queries.map(\.rank) == [1, 2, 3])
    #expect(report.queries[2].matches.map(\.name) == ["a", "b", "c"])
    let first = try #require(report.recall(at: 1))
    expectClose([first.value, first.chance], [1.0 / 3, 1.0 / 3], within: 1e-15)
    #expect(report.recall(at: 5)?.value == 1 && report.recall(at: 5)?.chance == 1)
    #expect(report.medianRank?.value == 2 && report.medianRank?.chance == 2)
    #expect(report.medianRank?.interval == [1, 3])
  }

  /// numpy 2.4.6 by Tests/Reference/probe_values.py.
  @Test func ranksAgreeWithNumPy() throws {
    let names = (0..<9).map(String.init)
    func ranks(_ similarity: Similarity) -> RetrievalReport {
      RetrievalReport(
        queries: names, targets: names,
        similarities: similarity.matrix(
          queries: SimilarityTests.queries, targets: SimilarityTests.targets))
    }
    #expect(ranks(.cosine).queries.map(\.rank) == [2, 2, 2, 2, 3, 2, 3, 2, 2])
    let centered = ranks(.centered)
    #expect(centered.queries.map(\.rank) == [2, 2, 1, 3, 3, 2, 3, 2, 2])
    expectClose(try #require(centered.recall(at: 1)).value, 1.0 / 9, within: 1e-15)
    #expect(centered.medianRank?.value == 2)
  }

  @Test func whatTellsNothingApartFindsNothing() {
    let names = ["a", "b", "c"]
    let flat = RetrievalReport(
      queries: names, targets: names,
      similarities: Array(repeating: [1, 1, 1], count: 3))
    #expect(flat.queries.map(\.rank) == [3, 3, 3])
    #expect(flat.recall(at: 1)?.value == 0)
  }

  @Test func aQueryWithoutPartnerIsNotCounted() {
    let report = RetrievalReport(
      queries: ["a", "x"], targets: ["a", "b"], similarities: [[1, 0], [1, 0]])
    #expect(report.queries.map(\.name) == ["a"])
    #expect(report.withoutPartner == ["x"])
    let none = RetrievalReport(queries: ["x"], targets: ["a"], similarities: [[1]])
    #expect(none.recall(at: 1) == nil && none.medianRank == nil)
    #expect(none.table() == "  found  95 % interval  by chance\n─────────────────────────────────")
  }

  @Test func theTableHasALinePerFigure() {
    #expect(
      report.table() == """
                     found   95 % interval  by chance
        ─────────────────────────────────────────────
        recall@1     0.333  0.000 to 1.000      0.333
        recall@5     1.000  1.000 to 1.000      1.000
        median rank    2.0      1.0 to 3.0        2.0
        """)
  }

  @Test func theJSONHasEveryRankedList() throws {
    struct Found: Decodable {
      let recallAt1: RetrievalReport.Figure
      let targets: Int
      let queries: [RetrievalReport.Query]
    }
    let found = try JSONDecoder().decode(Found.self, from: JSONEncoder().encode(report))
    #expect(found.recallAt1 == report.recall(at: 1))
    #expect(found.targets == 3 && found.queries == report.queries)
  }
}
