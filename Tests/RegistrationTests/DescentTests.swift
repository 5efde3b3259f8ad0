import Imaging
import TestSupport
import Testing

@testable import Registration

struct DescentTests {
  /// The squared distance of where the frame's middle is carried from a place, with or without curvature.
  private struct Bowl: Objective {
    let frame = Frame(centre: [10, 0, 0], radius: 5)
    let target: SIMD3<Double>
    var hasCurvature = false

    func evaluate(at transform: AffineMap, withSlope: Bool) -> Evaluation? {
      let error = transform(frame.centre) - target
      var result = Evaluation(cost: (error * error).sum(), overlap: 1)
      guard withSlope else { return result }
      result.slope = (0..<12).map { $0 % 4 == 3 ? 2 * error[$0 / 4] : 0 }
      if hasCurvature {
        result.curvature = (0..<144).map { $0 / 12 == $0 % 12 && $0 % 12 % 4 == 3 ? 2 : 0 }
      }
      return result
    }
  }

  private func descent(_ bowl: Bowl, shift: Double = .infinity, steps: Int = 60) -> Descent {
    var limits = MovementLimits(overlap: 0.5, rotation: 1)
    limits.shift = shift
    limits.anchor = (from: bowl.frame.centre, to: bowl.frame.centre)
    return Descent(
      objective: bowl, model: .rigid, limits: limits, steps: 1e-4...2, limit: steps)
  }

  @Test(arguments: [false, true])
  func itEndsAtTheMinimum(hasCurvature: Bool) throws {
    let bowl = Bowl(target: [13, -7, 4], hasCurvature: hasCurvature)
    let found = try #require(descent(bowl).minimum(from: .identity))
    #expect((found.transform(bowl.frame.centre) - bowl.target).length < 1e-3)
    #expect(found.evaluation.cost < 1e-6)
  }

  /// Steps of at most 2 mm.
  @Test func noStepIsLongerThanTheLongest() throws {
    let bowl = Bowl(target: [30, 0, 0])
    let found = try #require(descent(bowl, steps: 3).minimum(from: .identity))
    #expect(found.transform(bowl.frame.centre).x <= 16)
  }

  @Test func itStaysWithinTheLimitsAndDoesNotBeginOutside() throws {
    let bowl = Bowl(target: [30, 0, 0])
    let found = try #require(descent(bowl, shift: 6).minimum(from: .identity))
    let moved = (found.transform(bowl.frame.centre) - bowl.frame.centre).length
    #expect(moved <= 6 && moved > 5)
    let outside = AffineMap(x: [1, 0, 0], y: [0, 1, 0], z: [0, 0, 1], offset: [9, 0, 0])
    #expect(descent(bowl, shift: 6).minimum(from: outside) == nil)
  }
}
