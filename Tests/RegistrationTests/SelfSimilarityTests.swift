import Imaging
import TestSupport
import Testing

@testable import Registration

struct SelfSimilarityTests {
  /// NumPy 2.4.6; the script is Tests/Reference/registration_values.py.
  @Test func theCostIsTheMeanSquaredDifference() throws {
    let (first, second) = Fixtures.images
    let objective = SelfSimilarity(
      fixed: first, moving: second, frame: Frame(of: first.geometry), threads: nil)
    let found = try #require(objective.evaluate(at: .identity, withSlope: false))
    expectClose(found.cost, 0.10348477285692269, within: 1e-7)
    #expect(found.overlap == 1)
  }

  /// Along translations the descriptors move with the scan, and only interpolation keeps the slope
  /// from being exact; it must point the right way and be about as long.
  @Test func theSlopeIsAboutThatOfFiniteDifferences() throws {
    let grid = Fixtures.grid(20)
    let objective = SelfSimilarity(
      fixed: Fixtures.blobs(on: grid), moving: Fixtures.blobs(on: grid, isInverted: true),
      frame: Frame(of: grid), threads: nil)
    let slope = try #require(objective.evaluate(at: Fixtures.moved, withSlope: true)).slope
    for direction in TransformModel.rigid.directions.prefix(3) {
      let expected = try #require(
        try Fixtures.difference(of: objective, along: direction, at: Fixtures.moved, step: 0.5))
      let found = zip(slope, direction).reduce(0) { $0 + $1.0 * $1.1 }
      #expect(found * expected > 0)
      expectClose(found / expected, 1, within: 0.35)
    }
  }

  @Test func theCurvatureIsSymmetricAndPositive() throws {
    let grid = Fixtures.grid(12)
    let objective = SelfSimilarity(
      fixed: Fixtures.blobs(on: grid), moving: Fixtures.blobs(on: grid, isInverted: true),
      frame: Frame(of: grid), threads: nil)
    let curvature = try #require(
      objective.evaluate(at: Fixtures.moved, withSlope: true)?.curvature)
    for row in 0..<12 {
      #expect(curvature[13 * row] > 0)
      for column in 0..<row {
        expectClose(
          curvature[12 * row + column], curvature[12 * column + row], within: 1e-9)
      }
    }
    #expect(
      SymmetricSystem(curvature, count: 12).solution(for: Array(repeating: 1, count: 12)) != nil)
  }
}
