import Testing

@testable import Imaging

struct ForegroundSampleTests {
  private func ramp(_ size: SIMD3<Int>) -> Volume<Float> {
    let grid = Geometry(size: size, spacing: .one)
    return Volume(geometry: grid, voxels: (0..<grid.voxelCount).map(Float.init))
  }

  @Test func onlyFiniteVoxelsUnderLabelsCount() {
    var scan = ramp([4, 1, 1])
    scan.voxels[2] = .nan
    let labels = LabelMap(geometry: scan.geometry, voxels: [0, 1, 2, 700])
    #expect(ForegroundSample.of(scan, labels: labels) == [1, 3])
  }

  /// 30 000 voxels, three times the limit: every third.
  @Test func manyVoxelsAreThinnedEvenly() {
    let scan = ramp([30, 100, 10])
    let sample = ForegroundSample.of(scan, labels: LabelMap(geometry: scan.geometry, filledWith: 1))
    #expect(sample.count == ForegroundSample.limit)
    #expect(sample.prefix(3) == [0, 3, 6] && sample.last == 29_997)
  }

  /// Labels of half as fine a grid, whose second voxel lies over the scan's third and fourth.
  @Test func labelsOfAnotherGridAreBroughtOnToTheScans() {
    let scan = ramp([4, 1, 1])
    let coarse = Geometry(size: [2, 1, 1], spacing: [2, 1, 1], origin: [0.5, 0, 0])
    #expect(
      ForegroundSample.of(scan, labels: LabelMap(geometry: coarse, voxels: [0, 1])) == [2, 3])
  }
}
