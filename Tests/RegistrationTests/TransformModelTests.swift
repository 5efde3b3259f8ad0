import Foundation
import Imaging
import TestSupport
import Testing

@testable import Registration

struct TransformModelTests {
  private let frame = Frame(centre: [10, -5, 3], radius: 40)

  @Test func aQuarterTurnAboutZTakesXToY() {
    let columns = TransformModel.rotation(by: [0, 0, .pi / 2])
    let expected: [[Double]] = [[0, 1, 0], [-1, 0, 0], [0, 0, 1]]
    for (column, wanted) in zip(columns, expected) {
      expectClose((0..<3).map { column[$0] }, wanted, within: 1e-15)
    }
  }

  @Test(arguments: TransformModel.allCases)
  func aSmallStepIsTheSumOfItsDirections(model: TransformModel) {
    let step = (0..<model.parameterCount).map { 1e-5 * (1 + sin(Double($0))) }
    let movement = model.movement(step, in: frame)
    let point: SIMD3<Double> = [0.3, -0.8, 0.6]
    let place = frame.map(point)
    let numbers = [point.x, point.y, point.z, 1]
    var row = [0.0, 0, 0]
    for (direction, part) in zip(model.directions, step) {
      for index in 0..<12 { row[index / 4] += part * direction[index] * numbers[index % 4] }
    }
    let moved = movement(place) - place
    expectClose((0..<3).map { moved[$0] }, row, within: 1e-9)
  }

  @Test func aRigidMovementKeepsLengths() {
    let movement = TransformModel.rigid.movement([5, -9, 2, 30, -25, 60], in: frame)
    let apart = movement([1, 2, 3]) - movement([-4, 0, 9])
    expectClose(apart.length, SIMD3<Double>(5, 2, -6).length, within: 1e-12)
    expectClose(movement.determinant, 1, within: 1e-12)
  }

  @Test func aSimilarityScalesAboutTheFramesMiddle() {
    let movement = TransformModel.similarity.movement([0, 0, 0, 0, 0, 0, 40 * log(1.1)], in: frame)
    #expect(movement(frame.centre) == frame.centre)
    expectClose(movement.determinant, 1.331, within: 1e-12)
  }
}
