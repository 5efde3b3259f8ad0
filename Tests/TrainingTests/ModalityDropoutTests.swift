import Randomness
import Testing

@testable import Training

struct ModalityDropoutTests {
  @Test func theProbabilityRisesOverItsShareOfTheTraining() {
    let dropout = ModalityDropout(probability: 0.4, ramp: 0.5)
    let found = [0, 25, 50, 99].map { dropout.probability(atStep: $0, of: 100) }
    #expect(found == [0, 0.2, 0.4, 0.4])
    #expect(ModalityDropout(probability: 0.4).probability(atStep: 0, of: 100) == 0.4)
    #expect(ModalityDropout().probability(atStep: 99, of: 100) == 0)
  }

  @Test(arguments: [0.1, 0.5, 0.9])
  func somethingIsAlwaysKeptAndNothingAbsent(probability: Double) {
    var generator = SplitMix64(seed: 5)
    for _ in 0..<500 {
      let kept = ModalityDropout.kept(
        of: [true, false, true, true], dropping: probability, using: &generator)
      #expect(kept.contains(true))
      #expect(!kept[1])
    }
    let only = ModalityDropout.kept(
      of: [false, true], dropping: probability, using: &generator)
    #expect(only == [false, true])
  }

  @Test func nothingThereStaysNothing() {
    var generator = SplitMix64(seed: 5)
    let kept = ModalityDropout.kept(of: [false, false], dropping: 0.9, using: &generator)
    #expect(kept == [false, false])
  }

  @Test func aHalfMakesAllSubsetsEquallyLikely() {
    var generator = SplitMix64(seed: 5)
    var counts: [[Bool]: Int] = [:]
    for _ in 0..<14_000 {
      let kept = ModalityDropout.kept(
        of: [true, true, true], dropping: 0.5, using: &generator)
      counts[kept, default: 0] += 1
    }
    #expect(counts.count == 7)
    // Two thousand each, with a deviation of about 41.
    #expect(counts.values.allSatisfy { abs($0 - 2000) < 200 })
  }

  @Test func aModalityIsDroppedAsOftenAsItIsSaid() {
    var generator = SplitMix64(seed: 5)
    var dropped = 0
    for _ in 0..<10_000 {
      let kept = ModalityDropout.kept(
        of: Array(repeating: true, count: 8), dropping: 0.2, using: &generator)
      dropped += kept.count { !$0 }
    }
    // Sixteen thousand, with a deviation of about 113; that all are dropped hardly ever happens.
    #expect(abs(dropped - 16_000) < 600)
  }
}
