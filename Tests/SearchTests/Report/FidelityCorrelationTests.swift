import Architecture
import Randomness
import Testing

@testable import Search

struct FidelityCorrelationTests {
  /// Trials of different cells, judged with a tenth of the work and with all of it.
  private func trials(_ scores: [(early: Double, final: Double)]) -> [Trial<NASBench201Cell>] {
    let cells = CodeSequence(places: NASBench201Space().places).lazy
      .compactMap { NASBench201Space().candidate(from: $0) }
    return zip(scores, cells).enumerated().flatMap { index, pair in
      var early = Trial(
        number: 2 * index + 1, genotype: pair.1, estimate: Estimate(dice: pair.0.early))
      early.effort = 0.1
      let final = Trial(
        number: 2 * index + 2, genotype: pair.1, estimate: Estimate(dice: pair.0.final))
      return [early, final]
    }
  }

  // The ranks of (1, 2, 3, 4) against (1, 2, 4, 3): 1 − 6 · 2 / 60, and (5 − 1) / 6.
  @Test func comparesEarlyWithFinalScores() throws {
    let found = FidelityCorrelation(
      of: trials([(0.1, 0.5), (0.2, 0.6), (0.3, 0.8), (0.4, 0.7)]))
    #expect(found.pairs == 4)
    #expect(abs(try #require(found.overall).spearman - 0.8) < 1e-12)
    #expect(abs(try #require(found.overall).kendall - 4.0 / 6) < 1e-12)
    #expect(found.topDecile == nil)
    #expect(
      found.sentences == [
        "Rank correlation of Dice after the least work and after all of it, over the 4 genotypes that "
          + "went on: Spearman 0.80, Kendall 0.67; too few of them for the top decile."
      ])
  }

  // 40 pairs in order, but the best four the other way round.
  @Test func theTopDecileIsOnItsOwn() throws {
    let scores = (0..<40).map { index in
      (early: Double(index < 36 ? index : 75 - index), final: Double(index))
    }
    let found = FidelityCorrelation(of: trials(scores))
    #expect(found.topDecile?.spearman == -1 && found.topDecile?.kendall == -1)
    #expect(try #require(found.overall).spearman > 0.9)
  }

  @Test func nothingIsComparedWhereAllHadTheSameWork() {
    let found = FidelityCorrelation(of: trials([(0.1, 0.5), (0.2, 0.6)]).filter { $0.share == 1 })
    #expect(found.pairs == 0 && found.sentences.isEmpty)
  }
}
