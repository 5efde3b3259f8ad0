import Architecture
import Randomness
import Testing

@testable import Search

struct ProxyFilterTests {
  /// Proposes the cells of NAS-Bench-201 in their order, and notes what it is told.
  private struct InOrder: Strategy {
    var waiting: [NASBench201Cell]
    var told: [Int] = []

    mutating func propose() -> NASBench201Cell? {
      waiting.isEmpty ? nil : waiting.removeFirst()
    }

    mutating func observe(_ trial: Trial<NASBench201Cell>) { told.append(trial.number) }
  }

  private struct NoScore: Error {}

  private func cells(_ count: Int) -> [NASBench201Cell] {
    var generator = SplitMix64(seed: 3)
    var search = RandomSearch(in: NASBench201Space(), using: generator)
    _ = generator.next()
    return (0..<count).compactMap { _ in search.propose() }
  }

  @Test func ofSoManyProposalsTheBestIsChosen() throws {
    let cells = cells(7)
    let scores = Dictionary(uniqueKeysWithValues: zip(cells, [1, 3, 2, 5, 5, 4, 0.5]))
    var filter = ProxyFilter(InOrder(waiting: cells), proposals: 3) { scores[$0] ?? 0 }
    // Of equals the first, and at the end of what there is to try.
    #expect(try filter.propose() == cells[1])
    #expect(try filter.propose() == cells[3])
    #expect(try filter.propose() == cells[6])
    #expect(try filter.propose() == nil)
  }

  @Test func whatCannotBeJudgedIsChosenOnlyAmongItsLike() throws {
    let cells = cells(4)
    var filter = ProxyFilter(InOrder(waiting: cells), proposals: 2) {
      if $0 == cells[0] { throw NoScore() }
      return $0 == cells[1] ? -5 : .nan
    }
    #expect(try filter.propose() == cells[1])
    #expect(try filter.propose() == cells[2])
  }

  /// A filter that chooses by nothing would pass for one that does.
  @Test func aProxyThatJudgesNothingEndsTheSearch() throws {
    let cells = cells(3)
    var failing = ProxyFilter(InOrder(waiting: cells), proposals: 2) { _ in throw NoScore() }
    #expect(throws: SearchError.proxyFailed(count: 2, firstReason: "NoScore()")) {
      try failing.propose()
    }
    var endless = ProxyFilter(InOrder(waiting: cells), proposals: 2) { _ in -.infinity }
    #expect(
      throws: SearchError.proxyFailed(
        count: 2, firstReason: "its score is -inf, which is no number")
    ) { try endless.propose() }
    var empty = ProxyFilter(InOrder(waiting: []), proposals: 2) { _ in throw NoScore() }
    #expect(try empty.propose() == nil)
  }

  @Test func aCandidateIsJudgedOnce() throws {
    let cell = cells(1)[0]
    var count = 0
    var filter = ProxyFilter(InOrder(waiting: [cell, cell, cell]), proposals: 3) { _ in
      count += 1
      return 1
    }
    #expect(try filter.propose() == cell)
    #expect(count == 1)
    #expect(filter.proposingSeconds > 0)
  }
}
