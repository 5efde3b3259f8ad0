import Imaging
import Randomness
import TestSupport
import Testing

@testable import Registration

struct MutualInformationTests {
  private func objective(
    threads: Int? = nil, seed: UInt64 = 5, samples: Int = 100_000
  ) throws -> MutualInformation {
    var generator = SplitMix64(seed: seed)
    let grid = Fixtures.grid(20)
    return try #require(
      MutualInformation(
        fixed: Fixtures.blobs(on: grid), moving: Fixtures.blobs(on: grid, isInverted: true),
        frame: Frame(of: grid), samples: samples, threads: threads, using: &generator))
  }

  @Test func theSlopeIsThatOfFiniteDifferences() throws {
    let objective = try objective()
    let slope = try #require(
      objective.evaluate(at: Fixtures.moved, withSlope: true)
    ).slope
    for direction in TransformModel.affine.directions {
      let expected = try #require(
        try Fixtures.difference(of: objective, along: direction, at: Fixtures.moved, step: 1e-4))
      let found = zip(slope, direction).reduce(0) { $0 + $1.0 * $1.1 }
      expectClose(found, expected, within: 2e-5, "\(direction)")
    }
  }

  @Test func theTruePlaceIsBetterThanOthers() throws {
    let objective = try objective()
    let best = try #require(objective.evaluate(at: .identity, withSlope: false)).cost
    #expect(best < -1.15)
    #expect(
      try #require(objective.evaluate(at: Fixtures.moved, withSlope: false)).cost > best + 0.05)
  }

  @Test func overlapIsThePartOfTheSmallerBox() throws {
    let objective = try objective()
    #expect(objective.evaluate(at: .identity, withSlope: false)?.overlap == 1)
    let half = AffineMap(x: [1, 0, 0], y: [0, 1, 0], z: [0, 0, 1], offset: [20, 0, 0])
    expectClose(
      try #require(objective.evaluate(at: half, withSlope: false)).overlap, 0.5, within: 0.03)
    let away = AffineMap(x: [1, 0, 0], y: [0, 1, 0], z: [0, 0, 1], offset: [50, 0, 0])
    #expect(objective.evaluate(at: away, withSlope: false) == nil)
  }

  @Test func nothingDependsOnTheNumberOfThreads() throws {
    let (one, three) = (try objective(threads: 1), try objective(threads: 3))
    let found = [one, three].map { $0.evaluate(at: Fixtures.moved, withSlope: true) }
    #expect(found[0]?.cost == found[1]?.cost && found[0]?.slope == found[1]?.slope)
  }

  @Test func pointsAreOfTheSeed() throws {
    let costs = try [5, 5, 6].map { seed in
      try objective(seed: seed, samples: 2000).evaluate(at: .identity, withSlope: false)?.cost
    }
    #expect(costs[0] == costs[1] && costs[0] != costs[2])
  }
}
