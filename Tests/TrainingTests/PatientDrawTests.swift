import Randomness
import Testing

@testable import Training

struct PatientDrawTests {
  private var generator = SplitMix64(seed: 4)

  @Test mutating func nobodyIsDrawnAgainBeforeEverybodyHasBeen() {
    let draw = PatientDraw(["a", "b", "a", "c", "b"])
    for _ in 0..<20 {
      let drawn = draw.cases(count: 12, using: &generator)
      #expect(Set(drawn[..<5].map(\.place)) == [0, 1, 2, 3, 4])
      #expect(Set(drawn[5..<10].map(\.place)) == [0, 1, 2, 3, 4])
      #expect(drawn.allSatisfy { [0, 1, 0, 2, 1][$0.place] == $0.patient })
    }
  }

  @Test mutating func thePatientsAreDrawnAlikeOften() {
    let draw = PatientDraw(["a", "a", "b", "b", "c", "c", "d", "d"])
    var counts = [0, 0, 0, 0]
    for _ in 0..<2000 {
      let drawn = draw.cases(count: 4, using: &generator)
      #expect(drawn[0].patient == drawn[1].patient && drawn[2].patient == drawn[3].patient)
      for choice in drawn { counts[choice.patient] += 1 }
    }
    // Each is in half of the batches with two patches: 2000 times, give or take 5 deviations of 45.
    #expect(counts.allSatisfy { abs($0 - 2000) < 225 })
  }

  @Test(arguments: [
    (["a", "b", "a", "b", "a"], 5), (["a", "a", "b"], 3), (["a", "b", "c"], 0), (["a", "a"], 0),
  ])
  func theLeastBatchHoldsTwoPatients(names: [String], patches: Int) {
    #expect(PatientDraw(names).leastBatch == patches)
  }

  @Test func onlyPatientsOfSeveralCasesHaveScansApart() {
    #expect(!PatientDraw(["a", "b"]).hasScansApart)
    #expect(PatientDraw(["a", "b", "a"]).hasScansApart)
  }
}
