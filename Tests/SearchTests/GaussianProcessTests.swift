import Foundation
import Randomness
import TestSupport
import Testing

@testable import Search

struct GaussianProcessTests {
  /// Reference: numpy.linalg.cholesky([[4, 2, 0.6], [2, 2, 0.5], [0.6, 0.5, 1]]) of the matrix, and
  /// its solution for [1, 2, 3], both checked by multiplying back.
  @Test func theFactorSolvesItsMatrix() {
    let matrix = [4, 2, 0.6, 2, 2, 0.5, 0.6, 0.5, 1]
    let factor = CholeskyFactor(of: matrix, count: 3)
    let solution = factor.solve([1, 2, 3])
    let back = (0..<3).map { row in
      (0..<3).reduce(0) { $0 + matrix[3 * row + $1] * solution[$1] }
    }
    expectClose(back, [1, 2, 3], within: 1e-12)
    // By hand: 4 (2·1 − 0.25) − 2 (2·1 − 0.3) + 0.6 (1 − 1.2) = 7 − 3.4 − 0.12.
    expectClose(factor.halfLogDeterminant, log(3.48) / 2, within: 1e-12)
  }

  @Test func knowsWhatItHasSeenAndDoubtsWhatIsFarAway() {
    var process = GaussianProcess()
    let features = (0..<8).map { [Double($0)] }
    process.fit(features, scores: features.map { sin($0[0]) })
    for feature in features {
      let belief = process.predict(feature)
      #expect(abs(belief.mean - sin(feature[0])) < 0.1)
      #expect(belief.deviation < 0.2)
    }
    let far = process.predict([1_000])
    #expect(abs(far.mean) < 1e-9)
    // The kernel's variance is one, and the noise comes on top.
    #expect((1..<1.2).contains(far.deviation))
  }

  @Test func whatItDoubtsIsAboutAsFarOff() {
    var generator = SplitMix64(seed: 4)
    func draw(_ count: Int) -> [[Double]] {
      (0..<count).map { _ in (0..<3).map { _ in generator.uniform(-2..<2) } }
    }
    func score(_ features: [Double]) -> Double { sin(features[0]) + cos(features[1]) - 0.5 }
    let examples = draw(60)
    var process = GaussianProcess()
    process.fit(examples, scores: examples.map(score))
    let errors = draw(200).map { features -> Double in
      let belief = process.predict(features)
      return (score(features) - belief.mean) / max(belief.deviation, 1e-6)
    }
    let spread = (errors.map { $0 * $0 }.mean).squareRoot()
    #expect((0.05..<3).contains(spread))
  }
}
