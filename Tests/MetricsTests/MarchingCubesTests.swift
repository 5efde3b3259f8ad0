import TestSupport
import Testing

@testable import Metrics

struct MarchingCubesTests {
  /// Bit 7 − (4a + 2b + c) is the corner at (a, b, c).
  private func code(_ corners: [SIMD3<Int>]) -> Int {
    corners.reduce(0) { $0 | 1 << (7 - (4 * $1.x + 2 * $1.y + $1.z)) }
  }

  private let areas = MarchingCubes.areas(spacing: [1, 2, 3])

  @Test func nothingAndEverythingHaveNoSurface() {
    #expect(areas[0] == 0)
    #expect(areas[255] == 0)
  }

  /// Half the cube inside, split across x: the cut is 2 mm × 3 mm.
  @Test func aPlaneHasTheAreaOfTheVoxelsFace() {
    #expect(areas[code([[0, 0, 0], [0, 1, 0], [0, 0, 1], [0, 1, 1]])] == 6)
  }

  /// One corner is cut off by a triangle through the middles of its three edges, whose area is half
  /// the length of the cross product of (½, −1, 0) and (½, 0, −1.5).
  @Test func aCornerIsCutOffByATriangle() {
    let expected = (1.5 * 1.5 + 0.75 * 0.75 + 0.5 * 0.5).squareRoot() / 2
    expectClose(areas[code([[0, 0, 0]])], expected, within: 1e-12)
    expectClose(areas[255 - code([[0, 0, 0]])], expected, within: 1e-12)
  }

  /// Two corners along x are cut off by a roof: 1 mm long, from (1 mm, 0) to (0, 1.5 mm).
  @Test func anEdgeIsCutOffByARectangle() {
    expectClose(
      areas[code([[0, 0, 0], [1, 0, 0]])], (1 + 1.5 * 1.5).squareRoot(), within: 1e-12)
  }

  @Test func oppositeCornersAreCutOffEach() {
    let corner = areas[code([[0, 0, 0]])]
    expectClose(areas[code([[0, 0, 0], [1, 1, 1]])], 2 * corner, within: 1e-12)
    expectClose(areas[code([[0, 0, 0], [1, 1, 0]])], 2 * corner, within: 1e-12)
  }

  @Test func insideAndOutsideCanBeExchanged() {
    for code in 0..<256 { expectClose(areas[code], areas[255 - code], within: 1e-12) }
  }
}
