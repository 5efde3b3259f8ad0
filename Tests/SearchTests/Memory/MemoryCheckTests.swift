import Architecture
import Testing

@testable import Search

struct MemoryCheckTests {
  private func trials(_ pairs: [(foretold: Double?, measured: Double?)]) -> [Trial<NASBench201Cell>]
  {
    let cells = CodeSequence(places: NASBench201Space().places).lazy
      .compactMap { NASBench201Space().candidate(from: $0) }
    return zip(pairs, cells).enumerated().map { index, pair in
      var estimate = Estimate(dice: 0.5)
      (estimate.memory, estimate.measuredMemory) = (pair.0.foretold, pair.0.measured)
      return Trial(number: index + 1, genotype: pair.1, estimate: estimate)
    }
  }

  // Errors of 10 %, −20 % and 0.
  @Test func saysByHowMuchTheMemoryWasWrong() throws {
    let found = try #require(
      MemoryCheck(of: trials([(110, 100), (160, 200), (50, 50), (nil, 3), (3, nil)])))
    #expect(found.trainings == 3)
    #expect(abs(found.meanRelativeError - 0.1) < 1e-12)
    #expect(abs(found.meanRelativeBias + 0.1 / 3) < 1e-12)
    #expect(
      found.sentence
        == "By as much as the process grew in the first two steps of 3 training(s) it was wrong by 10 % on "
        + "average (-3 % with its sign), with rank correlations of Spearman 1.00, Kendall 1.00.")
  }

  @Test func whatWasNotMeasuredIsNotCompared() {
    #expect(MemoryCheck(of: trials([(3, nil), (nil, 3)])) == nil)
  }
}
