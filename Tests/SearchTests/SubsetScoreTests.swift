import Testing

@testable import Search

struct SubsetScoreTests {
  @Test func combinesByHand() {
    #expect(SubsetScore.full.combine([0.5]) == 0.5)
    #expect(SubsetScore.mean.combine([0.25, 0.75, 0.5]) == 0.5)
    #expect(SubsetScore.worst.combine([0.25, 0.75, 0.5]) == 0.25)
    #expect(SubsetScore.allCases.map { $0.combine([]) } == [0, 0, 0])
  }
}
