import Imaging
import Testing

@testable import Registration

struct StartSearchTests {
  /// The squared distance of where the middle is carried from a place, and of how the x axis is turned from
  /// a direction.
  private struct Bowl: Objective {
    let frame = Frame(centre: [10, 0, 0], radius: 40)
    let target: SIMD3<Double>
    var direction: SIMD3<Double> = [1, 0, 0]

    func evaluate(at transform: AffineMap, withSlope: Bool) -> Evaluation? {
      let (error, turn) = (transform(frame.centre) - target, transform.x - direction)
      return Evaluation(cost: (error * error).sum() + 1e4 * (turn * turn).sum(), overlap: 1)
    }
  }

  private func search(_ bowl: Bowl, shift: Double = .infinity) -> StartSearch {
    var limits = MovementLimits(overlap: 0.5, rotation: 1)
    limits.shift = shift
    limits.anchor = (from: bowl.frame.centre, to: bowl.frame.centre)
    return StartSearch(objective: bowl, limits: limits, reach: [80, 80, 40])
  }

  /// A quarter of 80 mm to the right, an eighth of 40 mm down.
  @Test func aShiftOfTheLatticeIsFoundExactly() throws {
    let bowl = Bowl(target: [30, 0, -5])
    let best = try #require(search(bowl).best(1, around: .identity).first)
    #expect(best.distance(to: .identity.followedByShift([20, 0, -5]), in: bowl.frame) < 1e-9)
  }

  @Test func aRotationAboutTheMiddleIsTriedAsWell() throws {
    let turned = TransformModel.rotation(by: [0, 0, 0.2618])
    let bowl = Bowl(target: [10, 0, 0], direction: turned[0])
    let best = try #require(search(bowl).best(1, around: .identity).first)
    let expected = AffineMap(turned, shift: .zero, about: bowl.frame.centre)
    #expect(best.distance(to: expected, in: bowl.frame) < 1e-9)
  }

  @Test func startsLieApartAndTheBestComesFirst() {
    let bowl = Bowl(target: [30, 0, -5])
    let starts = search(bowl).best(5, around: .identity)
    #expect(starts.count == 5)
    let costs = starts.compactMap { bowl.evaluate(at: $0, withSlope: false)?.cost }
    #expect(costs == costs.sorted())
    for (index, one) in starts.enumerated() {
      for other in starts[..<index] { #expect(one.distance(to: other, in: bowl.frame) > 4) }
    }
  }

  @Test func whatIsBeyondTheLimitsIsNoStart() {
    let bowl = Bowl(target: [30, 0, 0])
    let starts = search(bowl, shift: 12).best(8, around: .identity)
    #expect(!starts.isEmpty)
    #expect(starts.allSatisfy { ($0(bowl.frame.centre) - bowl.frame.centre).length <= 12 })
  }
}

extension AffineMap {
  fileprivate func followedByShift(_ shift: SIMD3<Double>) -> AffineMap {
    AffineMap(x: x, y: y, z: z, offset: offset + shift)
  }
}
