import Imaging
import Testing

@testable import Training

struct WorkingSpacingTests {
  private func grid(_ size: SIMD3<Int>, _ spacing: SIMD3<Double>) -> Geometry {
    Geometry(size: size, spacing: spacing)
  }

  @Test func isTheMedianWhenThePatchSeesEnough() {
    let grids = [
      grid([40, 40, 40], [1, 1, 2]), grid([40, 40, 40], [1.5, 1, 2]),
      grid([40, 40, 40], [3, 1, 2.5]),
    ]
    #expect(WorkingSpacing.choose(for: grids, patchVoxels: 64 * 64 * 64) == [1.5, 1, 2])
  }

  @Test func coarsensUntilAPatchSeesAQuarter() {
    let grids = [grid([200, 200, 200], [1, 1, 1])]
    let spacing = WorkingSpacing.choose(for: grids, patchVoxels: 64 * 64 * 64)
    let shape = WorkingSpacing.medianShape(of: grids, spacing: spacing)
    let voxels: Double = shape.reduce(1, *)
    let allowed = Double(4 * 64 * 64 * 64)
    #expect(voxels <= allowed)
    #expect(voxels > allowed / 1.1)
  }

  @Test func coarsensTheFineAxesFirst() {
    let spacing = WorkingSpacing.choose(
      for: [grid([300, 300, 60], [1, 1, 5])], patchVoxels: 400_000)
    #expect(spacing[2] == 5)
    #expect(spacing[0] > 1 && spacing[0] == spacing[1])
  }

  @Test func anAnisotropicAxisTakesItsTenthPercentile() {
    let grids = (0...10).map { grid([20, 20, 10], [1, 1, 4 + Double($0)]) }
    #expect(WorkingSpacing.choose(for: grids, patchVoxels: 1 << 20) == [1, 1, 5])
  }
}
