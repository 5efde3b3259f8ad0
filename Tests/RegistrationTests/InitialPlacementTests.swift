import Imaging
import TestSupport
import Testing

@testable import Registration

struct InitialPlacementTests {
  /// Four voxels of 2 mm in a row, from 0 to 6 mm, one of them bright.
  private func row(bright: Int, origin: SIMD3<Double> = .zero) -> Volume<Float> {
    let grid = Geometry(size: [4, 1, 1], spacing: [2, 1, 1], origin: origin)
    return Volume(geometry: grid, voxels: (0..<4).map { $0 == bright ? 5 : 1 })
  }

  @Test func eachPlacesTheScansAsItSays() {
    let (fixed, moving) = (row(bright: 0), row(bright: 3, origin: [10, 1, 0]))
    func shift(_ placement: InitialPlacement) -> SIMD3<Double> {
      placement.transform(fixed: fixed, moving: moving)(.zero)
    }
    #expect(shift(.header) == .zero)
    #expect(shift(.centre) == [10, 1, 0])
    // From the bright voxel at 0 mm to that at 16 mm: what is darkest weighs nothing.
    #expect(shift(.mass) == [16, 1, 0])
  }

  @Test func aScanOfOneIntensityHasItsMassInTheMiddle() {
    let flat = Volume<Float>(geometry: row(bright: 0).geometry, filledWith: 1)
    #expect(InitialPlacement.mass.transform(fixed: flat, moving: row(bright: 1))(.zero).x == -1)
  }
}
