import Testing

@testable import Training

struct WindowGridTests {
  @Test func coversTheCaseWithAsFewWindowsAsTheStepAllows() {
    // |0-----63|      110 voxels, windows of 64, at most 32 apart: three windows.
    //     |23----86|
    //          |46----109|
    #expect(WindowGrid.starts(size: 110, window: 64, step: 0.5) == [0, 23, 46])
    #expect(WindowGrid.starts(size: 64, window: 64, step: 0.5) == [0])
    #expect(WindowGrid.starts(size: 128, window: 64, step: 1) == [0, 64])
  }

  @Test func centresTheWindowOnACaseThatIsSmaller() {
    #expect(WindowGrid.starts(size: 10, window: 16, step: 0.5) == [-3])
  }

  @Test func everyVoxelIsInsideSomeWindow() {
    for size in 1...90 {
      let starts = WindowGrid.starts(size: size, window: 16, step: 0.5)
      let covered = (0..<size).allSatisfy { voxel in
        starts.contains { ($0..<($0 + 16)).contains(voxel) }
      }
      #expect(covered, "size \(size)")
      for (left, right) in zip(starts, starts.dropFirst()) { #expect(right - left <= 8) }
    }
  }

  @Test func theWeightsPeakAtTheCentreAndAreNowhereZero() {
    let weights = WindowGrid.gaussian([5, 3, 3])
    #expect(weights.count == 45)
    #expect(weights[22] == 1)
    #expect(weights.max() == 1)
    #expect(weights.allSatisfy { $0 > 0 })
    #expect(weights == Array(weights.reversed()))
  }
}
