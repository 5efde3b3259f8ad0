import Foundation
import Imaging
import Testing

@testable import Registration

struct MovementLimitsTests {
  private let limits = MovementLimits(overlap: 0.5, rotation: .pi / 6)
  private let frame = Frame(centre: [1, 2, 3], radius: 10)

  private func turned(by degrees: Double, scale: Double = 1) -> AffineMap {
    let turn = SIMD3<Double>(1, 2, 2) / 3 * (degrees * .pi / 180 * 10)
    return TransformModel.similarity.movement(
      [100, 0, 0, turn.x, turn.y, turn.z, 10 * log(scale)], in: frame)
  }

  @Test func rotationsAreLimitedWhateverTheScale() {
    #expect(limits.allow(turned(by: 29.9)) && !limits.allow(turned(by: 30.1)))
    #expect(
      limits.allow(turned(by: 29.9, scale: 1.2)) && !limits.allow(turned(by: -30.1, scale: 0.9)))
  }

  @Test func volumesGrowOrShrinkTwofoldAtMost() {
    #expect(limits.allow(turned(by: 0, scale: 1.25)) && !limits.allow(turned(by: 0, scale: 1.27)))
    #expect(limits.allow(turned(by: 0, scale: 0.8)) && !limits.allow(turned(by: 0, scale: 0.79)))
  }

  @Test func mirrorsAndWhatIsNotFiniteAreNotAllowed() {
    #expect(!limits.allow(AffineMap(x: [-1, 0, 0], y: [0, 1, 0], z: [0, 0, 1], offset: .zero)))
    #expect(!limits.allow(AffineMap(x: [.nan, 0, 0], y: [0, 1, 0], z: [0, 0, 1], offset: .zero)))
  }

  @Test func shiftsAreThoseOfTheMiddle() {
    var limits = limits
    (limits.shift, limits.anchor) = (5, (from: frame.centre, to: frame.centre + [96, 0, 0]))
    #expect(limits.allow(turned(by: 20)))
    limits.anchor.to.x = 107
    #expect(!limits.allow(turned(by: 20)))
  }

  @Test func overlapIsAskedFor() {
    #expect(limits.allow(Evaluation(cost: 0, overlap: 0.5)))
    #expect(!limits.allow(Evaluation(cost: 0, overlap: 0.49)))
  }
}
