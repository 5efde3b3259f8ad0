import Architecture
import Randomness
import Testing

@testable import Search

struct NetworkEnsembleTests {
  @Test func ordersCandidatesThatItHasNotSeen() throws {
    let space = NASBench201Space()
    var target = HiddenTarget(in: space)
    var generator = SplitMix64(seed: 6)
    let cells = (0..<150).map { _ in space.sample(using: &generator) }
    let scores = try cells.map { try target.estimate($0).dice }
    let features = cells.map { space.features(of: $0) }
    var ensemble = NetworkEnsemble(seed: 1)
    ensemble.fit(Array(features[..<100]), scores: NormalScores.of(Array(scores[..<100])))
    let guesses = features[100...].map { ensemble.predict($0) }
    let correlation = RankCorrelation.spearman(guesses.map(\.mean), Array(scores[100...]))
    #expect(try #require(correlation) > 0.6)
    #expect(guesses.allSatisfy { $0.deviation > 0 })
  }

  @Test func theSameSeedBelievesTheSame() {
    let features = (0..<10).map { [Double($0 % 2), Double($0 % 3), Double($0 % 5)] }
    func belief() -> [Double] {
      var ensemble = NetworkEnsemble(epochs: 10, seed: 4)
      ensemble.fit(features, scores: features.map { $0[0] - $0[1] })
      return features.flatMap { [ensemble.predict($0).mean, ensemble.predict($0).deviation] }
    }
    #expect(belief() == belief())
  }
}
