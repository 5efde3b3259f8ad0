import Imaging
import Testing

@testable import Training

struct PatchLayoutTests {
  private func layout(
    size: SIMD3<Int>, spacing: SIMD3<Double>, voxels: Int = 32 * 32 * 32, levels: Int = 0
  ) throws -> PatchLayout {
    var options = PlanOptions()
    options.patchVoxels = voxels
    options.levels = levels
    return try PatchLayout.choose(
      for: [Geometry(size: size, spacing: spacing)], spacing: [spacing.x, spacing.y, spacing.z],
      options: options)
  }

  @Test func anIsotropicCaseGetsACube() throws {
    let layout = try layout(size: [96, 96, 96], spacing: [1, 1, 1])
    #expect(layout.patchSize == [32, 32, 32])
    #expect(layout.strides.dropFirst().allSatisfy { $0 == [2, 2, 2] })
    #expect(layout.kernels.allSatisfy { $0 == [3, 3, 3] })
  }

  @Test func aCoarseAxisIsNotHalvedUntilTheOthersHaveCaughtUp() throws {
    let layout = try layout(size: [128, 128, 24], spacing: [1, 1, 5], voxels: 64 * 64 * 12)
    #expect(layout.strides[1] == [2, 2, 1])
    #expect(layout.strides[2] == [2, 2, 1])
    #expect(layout.kernels[0] == [3, 3, 1])
    #expect(layout.kernels[2] == [3, 3, 3])
  }

  @Test(arguments: [5, 17, 40, 63, 100], [1.0, 2.5, 6.0])
  func patchesKeepTheBudgetAndAreDivisible(length: Int, coarse: Double) throws {
    let layout = try layout(size: [length, 50, 30], spacing: [1, 1, coarse], voxels: 8000)
    #expect(layout.patchSize.reduce(1, *) <= 8000)
    for axis in 0..<3 {
      #expect(layout.patchSize[axis] % layout.strides.reduce(1) { $0 * $1[axis] } == 0)
    }
    #expect(PatchLayout.levelRange.contains(layout.strides.count))
  }

  @Test func levelsCanBeAskedFor() throws {
    #expect(try layout(size: [96, 96, 96], spacing: [1, 1, 1], levels: 3).strides.count == 3)
    let error = #expect(throws: TrainingError.self) {
      try layout(size: [96, 96, 96], spacing: [1, 1, 1], levels: 9)
    }
    #expect(
      error?.description
        == "The plan cannot be made: 9 levels were asked for. A pyramid has 3 to 5 levels; "
        + "0 lets the data decide.")
  }

  @Test func aPatchThatCannotBeHalvedIsRefusedWithOneThatCan() {
    var options = PlanOptions()
    options.patchSize = [30, 32, 32]
    options.levels = 4
    let error = #expect(throws: TrainingError.self) {
      try PatchLayout.choose(for: [], spacing: [1, 1, 1], options: options)
    }
    #expect(
      error?.description
        == "The plan cannot be made: the patch [30, 32, 32] cannot be halved as often as the "
        + "levels ask. Use [32, 32, 32] instead.")
  }
}
