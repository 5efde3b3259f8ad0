import Architecture
import Testing

@testable import Search

struct LineageTests {
  private func trial(_ number: Int, parent: Int?) throws -> Trial<NASBench201Cell> {
    let space = NASBench201Space()
    let cell = try #require(space.candidate(from: space.places.map { _ in 0 }))
    var trial = Trial(number: number, genotype: cell, estimate: Estimate(dice: 0.5))
    trial.parent = parent
    return trial
  }

  // 1 ← 3 ← 4, and 2 on its own.
  @Test func aLineGoesBackToTheFirstThatInheritedNothing() throws {
    let trials = [
      try trial(1, parent: nil), try trial(2, parent: nil), try trial(3, parent: 1),
      try trial(4, parent: 3),
    ]
    #expect(Lineage.ancestry(of: trials[3], in: trials).map(\.number) == [1, 3, 4])
    #expect(Lineage.ancestry(of: trials[1], in: trials).map(\.number) == [2])
  }

  @Test func aLineThatMakesNoSenseEnds() throws {
    let trials = [try trial(1, parent: 2), try trial(2, parent: 2), try trial(3, parent: 9)]
    for trial in trials {
      #expect(Lineage.ancestry(of: trial, in: trials).map(\.number) == [trial.number])
    }
  }
}
