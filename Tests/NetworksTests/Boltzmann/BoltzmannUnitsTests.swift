import Foundation
import Randomness
import TestSupport
import Testing

@testable import Networks

struct BoltzmannUnitsTests {
  @Test func binaryUnitsFollowTheLogisticFunction() {
    expectClose(BoltzmannUnits.binary.mean(log(3)), 0.75, within: 1e-15)
    expectClose(BoltzmannUnits.binary.logPartition(log(3)), log(4), within: 1e-15)
    #expect(BoltzmannUnits.binary.logPartition(1000) == 1000)
    #expect(BoltzmannUnits.binary.logPartition(-1000) == 0)
    expectClose(BoltzmannUnits.binary.entropyTerm(mean: 0.5), log(2), within: 1e-15)
    #expect(BoltzmannUnits.binary.entropyTerm(mean: 1) == 0)
  }

  @Test func gaussianUnitsHaveTheIntegralOfTheirDensity() {
    let field = 1.3
    let step = 1e-3
    let integral = stride(from: -12.0, to: 14, by: step).reduce(0) {
      $0 + exp(field * $1 + BoltzmannUnits.gaussian.selfTerm($1)) * step
    }
    expectClose(BoltzmannUnits.gaussian.logPartition(field), log(integral), within: 1e-10)
  }

  /// log Z = expected −energy + entropy holds for the true distribution of a single unit.
  @Test(arguments: [BoltzmannUnits.binary, .gaussian])
  func entropyMakesUpTheLogPartition(_ units: BoltzmannUnits) {
    for field in [-2.1, 0, 0.7] {
      let mean = units.mean(field)
      expectClose(
        field * mean + units.entropyTerm(mean: mean), units.logPartition(field), within: 1e-14)
    }
  }

  /// Five standard errors of 20 000 draws.
  @Test(arguments: [BoltzmannUnits.binary, .gaussian])
  func drawsHaveTheMeanOfTheField(_ units: BoltzmannUnits) {
    var generator = SplitMix64(seed: 5)
    let draws = (0..<20_000).map { _ in units.draw(0.8, using: &generator) }
    expectClose(
      draws.reduce(0, +) / 20_000, units.mean(0.8),
      within: 5 * (units == .binary ? 0.47 : 1) / 20_000.0.squareRoot())
  }
}
