import Imaging
import Testing

@testable import Training

struct PreprocessedCaseTests {
  private let grid = Geometry(size: [3, 2, 1], spacing: [1, 1, 1])

  @Test func foregroundListsTheVoxelsOfEachClass() {
    let prepared = PreprocessedCase(
      name: "a", geometry: grid, images: [nil], classes: [0, 1, 2, 1, 0, 2], classCount: 4)
    #expect(prepared.foreground == [[1, 3], [2, 5], []])
    #expect(prepared.missing == [0])
  }

  @Test func aLargeStructureIsThinnedEvenly() throws {
    let big = Geometry(size: [100, 100, 4], spacing: [1, 1, 1])
    let prepared = PreprocessedCase(
      name: "a", geometry: big, images: [], classes: [UInt8](repeating: 1, count: 40_000),
      classCount: 2)
    let voxels = try #require(prepared.foreground.first)
    #expect(voxels.count == 10_000)
    #expect(voxels[0] == 0 && voxels[1] == 4 && voxels[9_999] == 39_996)
  }

  @Test func withoutLabelsThereIsNoForeground() {
    let prepared = PreprocessedCase(
      name: "a", geometry: grid, images: [[0, 0, 0, 0, 0, 0]], classes: nil, classCount: 2)
    #expect(prepared.foreground.isEmpty)
  }
}
