import Imaging
import Testing

@testable import Training

struct PatchGatherTests {
  private let grid = Geometry(size: [4, 3, 2], spacing: [1, 1, 1])
  private var ramp: [Float] { (0..<24).map(Float.init) }

  private func read(
    _ transform: SpatialTransform, patch: [Int]
  ) -> (image: [Float], classes: [UInt8]) {
    var image = [Float](repeating: -1, count: patch.reduce(1, *))
    var classes = [UInt8](repeating: 255, count: patch.reduce(1, *))
    image.withUnsafeMutableBufferPointer { image in
      classes.withUnsafeMutableBufferPointer { classes in
        guard let image = image.baseAddress, let classes = classes.baseAddress else { return }
        PatchGather(transform: transform, patchSize: patch).read(
          [ramp], classes: ramp.map { UInt8($0) }, of: grid, into: [image], labels: classes)
      }
    }
    return (image, classes)
  }

  private func image(_ transform: SpatialTransform, patch: [Int]) -> [Float] {
    read(transform, patch: patch).image
  }

  private func classes(_ transform: SpatialTransform, patch: [Int]) -> [UInt8] {
    read(transform, patch: patch).classes
  }

  @Test func thePatchOfTheWholeCaseIsTheCase() {
    let transform = SpatialTransform(centre: [1.5, 1, 0.5])
    #expect(image(transform, patch: [4, 3, 2]) == ramp)
    #expect(classes(transform, patch: [4, 3, 2]) == ramp.map { UInt8($0) })
  }

  @Test func aMirroredAxisRunsBackwards() {
    //  0  1  2  3        3  2  1  0
    //  4  5  6  7   →    7  6  5  4
    var transform = SpatialTransform(centre: [1.5, 1, 0.5])
    transform.mirrored[0] = true
    #expect(
      image(transform, patch: [4, 1, 1]) == [7, 6, 5, 4].map { Float($0 + 12) }
        || image(transform, patch: [4, 1, 1]) == [7, 6, 5, 4])
    #expect(classes(transform, patch: [4, 3, 2]).prefix(4) == [3, 2, 1, 0])
  }

  @Test func outsideTheCaseThereIsZero() {
    let transform = SpatialTransform(centre: [0, 1, 0.5])
    let patch = image(transform, patch: [5, 3, 2])
    #expect(patch[0] == 0 && patch[1] == 0 && patch[2] == 0 && patch[3] == 1)
    #expect(patch[5 + 2] == 4)
    #expect(classes(transform, patch: [5, 3, 2])[5 + 2] == 4)
  }

  @Test func aZoomOfTwoShowsEverySecondVoxel() {
    var transform = SpatialTransform(centre: [1, 1, 0])
    transform.zoom = [2, 2, 2]
    // Positions −1, 1, 3 along x: the first is outside.
    #expect(image(transform, patch: [3, 1, 1]) == [0, 5, 7])
  }

  @Test func betweenVoxelsValuesAreInterpolated() {
    var transform = SpatialTransform(centre: [1.5, 1, 0.5])
    transform.zoom = [0.5, 0.5, 0.5]
    // Positions 1.25 and 1.75 along x in row 1, half-way between the slices: 4 + x + 6.
    #expect(image(transform, patch: [2, 1, 1]) == [11.25, 11.75])
  }

  @Test func aQuarterTurnSwapsTheAxes() {
    var transform = SpatialTransform(centre: [1, 1, 0])
    transform.angles.z = .pi / 2
    let patch = image(transform, patch: [3, 3, 1])
    //  0 1 2      x of the patch runs along +y of the case, y along −x.
    //  4 5 6
    //  8 9 10
    let expected: [Float] = [2, 6, 10, 1, 5, 9, 0, 4, 8]
    for (value, expected) in zip(patch, expected) { #expect(abs(value - expected) < 1e-5) }
  }
}
