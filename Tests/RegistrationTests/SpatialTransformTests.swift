import Imaging
import TestSupport
import Testing

@testable import Registration

struct SpatialTransformTests {
  private let transform = TransformFileTests.transform

  /// What the moving scan shows at map(p) is what the result shows at p.
  @Test func aMovedGridBringsTheScanToTheFixedScansPlace() {
    let point: SIMD3<Double> = [3, -4, 7]
    let voxel = transform.moved(Fixtures.grid(16)).voxel(at: point)
    let expected = Fixtures.grid(16).voxel(at: transform.map(point))
    expectClose((0..<3).map { voxel[$0] }, (0..<3).map { expected[$0] }, within: 1e-12)
  }

  @Test func theInverseLeadsBack() {
    let point: SIMD3<Double> = [3, -4, 7]
    let back = transform.inverse.map(transform.map(point))
    expectClose((0..<3).map { back[$0] }, [3, -4, 7], within: 1e-12)
    #expect(transform.inverse.fixed == transform.moving)
  }

  @Test func aShiftIsTheMeanDisplacement() {
    let shift = SpatialTransform(
      model: .rigid,
      map: AffineMap(x: [1, 0, 0], y: [0, 1, 0], z: [0, 0, 1], offset: [3, 0, -4]),
      fixed: transform.fixed, moving: transform.moving)
    expectClose(shift.meanDisplacement, 5, within: 1e-12)
  }

  @Test func scansElsewhereAreRefused() throws {
    let here = Fixtures.grid(20)
    let far = Geometry(size: [20, 20, 20], spacing: .one, origin: [500, 0, 0])
    let check = { (moving: Geometry, fixed: Geometry) in
      try transform.check(moving: moving, at: "m", fixed: fixed, at: "f", path: "t.json")
    }
    try check(here, here)
    #expect(
      throws: RegistrationError.wrongFrame(
        path: "t.json", scan: "f", isFixed: true, isReversed: false)
    ) { try check(here, far) }
    #expect(
      throws: RegistrationError.wrongFrame(
        path: "t.json", scan: "m", isFixed: false, isReversed: false)
    ) { try check(far, here) }
  }

  /// Scans of one patient lie in one place, so that only their grids tell which is which.
  @Test func exchangedScansAreRefusedByTheirGrids() throws {
    let (fixed, moving) = (transform.fixed.geometry, transform.moving.geometry)
    try transform.check(moving: moving, at: "m", fixed: fixed, at: "f", path: "t.json")
    #expect(
      throws: RegistrationError.wrongFrame(
        path: "t.json", scan: "f", isFixed: true, isReversed: true)
    ) { try transform.check(moving: fixed, at: "m", fixed: moving, at: "f", path: "t.json") }
    try transform.inverse.check(moving: fixed, at: "m", fixed: moving, at: "f", path: "t.json")
  }
}
