import Architecture
import Randomness
import Testing

@testable import Search

struct ParetoFrontTests {
  private func trial(_ number: Int, dice: Double, parameters: Int) throws -> Trial<NASBench201Cell>
  {
    var generator = SplitMix64(seed: UInt64(number))
    return Trial(
      number: number, genotype: NASBench201Space().sample(using: &generator),
      estimate: Estimate(dice: dice, parameters: parameters))
  }

  //  Dice
  //  0.9 |             5
  //  0.8 |     2   4
  //  0.7 |   3
  //  0.5 |     1
  //        100 200 300 400 parameters
  @Test func keepsWhatNothingBeatsInEveryRespect() throws {
    let trials = [
      try trial(1, dice: 0.5, parameters: 200), try trial(2, dice: 0.8, parameters: 200),
      try trial(3, dice: 0.7, parameters: 100), try trial(4, dice: 0.8, parameters: 300),
      try trial(5, dice: 0.9, parameters: 400),
    ]
    #expect(ParetoFront(of: trials, by: [.dice, .parameters]).trials.map(\.number) == [5, 2, 3])
    #expect(ParetoFront(of: trials, by: [.parameters, .dice]).trials.map(\.number) == [3, 2, 5])
    #expect(ParetoFront(of: trials, by: [.dice]).trials.map(\.number) == [5])
  }

  @Test func equalsAreThereOnceAndFailuresNotAtAll() throws {
    let first = try trial(1, dice: 0.5, parameters: 200)
    let trials = [
      first, try trial(2, dice: 0.5, parameters: 200),
      Trial(number: 3, genotype: first.genotype, failure: "no memory"),
    ]
    #expect(ParetoFront(of: trials, by: [.dice, .parameters]).trials == [first])
  }
}
