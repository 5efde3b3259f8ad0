import Imaging
import Testing

@testable import Registration

struct PyramidTests {
  private func scan(_ size: SIMD3<Int>, _ spacing: SIMD3<Double>) -> Volume<Float> {
    Volume(geometry: Geometry(size: size, spacing: spacing), filledWith: 1)
  }

  /// 64³ voxels of 1 mm are 262 144; of 2 mm 32 768, of 4 mm 4 096, which is few enough.
  @Test func everyLevelIsHalfAsFineAsTheNext() {
    let pyramid = Pyramid(
      fixed: scan([64, 64, 64], .one), moving: scan([32, 32, 32], .one), threads: 1)
    #expect(pyramid.levels.map(\.spacing) == [4, 2, 1])
    #expect(pyramid.levels.map(\.fixed.geometry.size.x) == [16, 32, 64])
    #expect(pyramid.levels.map(\.moving.geometry.size.x) == [8, 16, 32])
  }

  @Test func axesThatAreCoarserAlreadyAreLeftAlone() {
    let pyramid = Pyramid(
      fixed: scan([64, 64, 8], [1, 1, 8]), moving: scan([64, 64, 8], [1, 1, 8]), threads: 1)
    #expect(pyramid.levels.map(\.spacing) == [2, 1])
    #expect(pyramid.levels.map(\.fixed.geometry.size) == [[32, 32, 8], [64, 64, 8]])
  }

  @Test func theFinestIsAsFineAsTheCoarserScanAndHasAMillionVoxelsAtMost() {
    let coarse = Pyramid(
      fixed: scan([32, 32, 32], .one), moving: scan([8, 8, 8], [4, 4, 4]), threads: 1)
    #expect(coarse.levels.map(\.spacing) == [4])
    let large = Pyramid(
      fixed: scan([128, 128, 128], .one), moving: scan([32, 32, 32], .one), threads: 2)
    #expect(large.levels.allSatisfy { $0.fixed.geometry.voxelCount <= 1_000_000 })
    #expect(large.levels.last.map { $0.spacing > 1.2 && $0.spacing < 1.4 } == true)
  }
}
