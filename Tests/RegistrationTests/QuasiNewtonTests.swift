import TestSupport
import Testing

@testable import Registration

struct QuasiNewtonTests {
  /// f = 2x² + xy + y² with exact line searches: conjugate directions end in the minimum, (0, 0),
  /// after as many steps as there are unknowns.
  @Test func aQuadraticFunctionTakesAStepPerUnknown() {
    var memory = QuasiNewton(count: 2)
    var place: SIMD2<Double> = [3, -2]
    let gradient = { (point: SIMD2<Double>) -> SIMD2<Double> in
      [4 * point.x + point.y, point.x + 2 * point.y]
    }
    for _ in 0..<2 {
      let slope = gradient(place)
      let taken = memory.step(against: [slope.x, slope.y], firstLength: 1)
      let direction = SIMD2(taken[0], taken[1])
      let curve = (gradient(direction) * direction).sum()
      let step = direction * (-(slope * direction).sum() / curve)
      place += step
      let change = gradient(place) - slope
      memory.learn(step: [step.x, step.y], change: [change.x, change.y])
    }
    expectClose([place.x, place.y], [0, 0], within: 1e-12)
  }

  @Test func theFirstStepIsAsLongAsAsked() {
    expectClose(
      QuasiNewton(count: 2).step(against: [3, 4], firstLength: 10), [-6, -8], within: 1e-12)
  }

  @Test func aStepThatTellsOfNoMinimumIsPassedOver() {
    var memory = QuasiNewton(count: 2)
    memory.learn(step: [1, 0], change: [-1, 0])
    #expect(memory.isEmpty)
  }
}
