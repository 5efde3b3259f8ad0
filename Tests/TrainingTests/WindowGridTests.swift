import Testing

@testable import Training

struct WindowGridTests {
  @Test func coversTheCaseWithAsFewWindowsAsTheDistanceAllows() {
    // |0-----63|      110 voxels, windows of 64, at most 32 apart: three windows.
    //     |23----86|
    //          |46----109|
    #expect(WindowGrid.starts(size: 110, window: 64, distance: 32) == [0, 23, 46])
    #expect(WindowGrid.starts(size: 64, window: 64, distance: 32) == [0])
    #expect(WindowGrid.starts(size: 128, window: 64, distance: 64) == [0, 64])
  }

  @Test func centresTheWindowOnACaseThatIsSmaller() {
    #expect(WindowGrid.starts(size: 10, window: 16, distance: 8) == [-3])
  }

  @Test func everyVoxelIsInsideSomeWindow() {
    for size in 1...90 {
      let starts = WindowGrid.starts(size: size, window: 16, distance: 8)
      let covered = (0..<size).allSatisfy { voxel in
        starts.contains { ($0..<($0 + 16)).contains(voxel) }
      }
      #expect(covered, "size \(size)")
      for (left, right) in zip(starts, starts.dropFirst()) { #expect(right - left <= 8) }
    }
  }

  @Test func windowsLargerThanThePatchOverlapByTheSameVoxels() {
    // Patches of 8 with a step of 0.5 overlap by 4; so do windows of 12 in a case of 20.
    let grid = WindowGrid(size: [20, 12, 12], patch: [8, 8, 8], window: [12, 12, 12], step: 0.5)
    #expect(grid.corners == [SIMD3(0, 0, 0), SIMD3(8, 0, 0)])
  }

  @Test func theWeightsOfAPatchAreNNUNetsGaussian() {
    // Distances from the middle of five are 2, 1, 0, 1, 2 voxels; the deviation is 5/8.
    let weights = WindowGrid.weights(window: [5, 3, 3], patch: [5, 3, 3])
    #expect(weights.count == 45)
    #expect(weights[22] == 1)
    #expect(abs(weights[23] - 0.278_037_3) < 1e-6)
    #expect(weights.max() == 1)
    #expect(weights.allSatisfy { $0 > 0 })
    #expect(weights == Array(weights.reversed()))
  }

  @Test func largeWindowsAreFlatInsideAndFallAtTheBorderLikeAPatch() {
    let patch = WindowGrid.weights(window: [8, 1, 1], patch: [8, 1, 1])
    let large = WindowGrid.weights(window: [14, 1, 1], patch: [8, 1, 1])
    #expect(Array(large[0..<4]) == Array(patch[0..<4]))
    #expect(Array(large[10..<14]) == Array(patch[4..<8]))
    #expect(large[4..<10].allSatisfy { $0 == 1 })
  }
}
