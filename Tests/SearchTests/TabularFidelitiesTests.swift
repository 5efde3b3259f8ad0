import Architecture
import Testing

@testable import Search

struct TabularFidelitiesTests {
  @Test func everyShareHasItsTable() throws {
    let cell = try #require(NASBench201Space().candidate(from: [0, 0, 0, 0, 0, 0]))
    func table(_ score: Double) throws -> TabularEstimator<NASBench201Cell> {
      try TabularEstimator(
        readingFrom: "arch,score\n\(cell),\(score)\n",
        columns: .init(candidate: "arch", score: "score"))
    }
    let tables = TabularFidelities([0.25: try table(3), 1: try table(7)])
    #expect(try tables.estimate(cell, with: Effort(share: 0.25)).dice == 3)
    #expect(try tables.estimate(cell, with: Effort()).dice == 7)
    #expect(throws: SearchError.notInTable("\(cell) with 0.5 of the work")) {
      try tables.estimate(cell, with: Effort(share: 0.5))
    }
  }
}
