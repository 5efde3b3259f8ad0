import Foundation
import Imaging
import Randomness
import Testing

struct GeometryTests {
  /// x points to the front, y to the left, z to the head; voxels of 1 × 2 × 3 mm.
  let turned = Geometry(
    size: [4, 3, 2], spacing: [1, 2, 3], origin: [10, 20, 30],
    direction: Direction(x: [0, 1, 0], y: [-1, 0, 0], z: [0, 0, 1]))

  @Test func theAffineHasTheAxesInItsColumns() {
    #expect(turned.affine == [[0, -2, 0, 10], [1, 0, 0, 20], [0, 0, 3, 30], [0, 0, 0, 1]])
  }

  @Test func aGridIsMadeFromItsAffine() {
    #expect(Geometry(size: [4, 3, 2], affine: turned.affine) == turned)
  }

  @Test func aVoxelHasAPositionAndTheWayBack() {
    #expect(turned.position(ofVoxel: [1, 2, 1]) == [6, 21, 33])
    #expect(turned.voxel(at: [6, 21, 33]) == [1, 2, 1])
  }

  @Test func theWayBackIsExactUnderShear() {
    let sheared = Geometry(
      size: [5, 5, 5], affine: [[1, 0.5, 0, 3], [0.1, 2, 0, 4], [0, 0.3, 3, 5], [0, 0, 0, 1]])
    var generator = SplitMix64(seed: 1)
    for _ in 0..<50 {
      let voxel = SIMD3<Double>.random(in: -10...10, using: &generator)
      let back = sheared.voxel(at: sheared.position(ofVoxel: voxel))
      let error = back - voxel
      #expect((error * error).sum() < 1e-20)
    }
  }

  @Test func theBoundsReachHalfAVoxelBeyondTheCentres() {
    // x: centres from 10 down to 10 - 2·2, half a voxel of 2 mm beyond; y: 20…23, voxels of 1 mm.
    let (lower, upper) = turned.bounds
    #expect(lower == [5, 19.5, 28.5])
    #expect(upper == [11, 23.5, 34.5])
  }

  @Test func theCanonicalGridHasTheSameBox() {
    let canonical = turned.canonical
    #expect(canonical.size == [3, 4, 2])
    #expect(canonical.spacing == [2, 1, 3])
    #expect(canonical.origin == [6, 20, 30])
    #expect(canonical.direction == .identity)
    #expect(canonical.bounds == turned.bounds)
    #expect(canonical.canonical == canonical)
  }

  @Test func everyOrientationHasOneCanonicalGrid() {
    let plain = Geometry(size: [3, 4, 5], spacing: [1, 2, 3], origin: [-7, 1, 2])
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
      for flips in 0..<8 {
        #expect(plain.reordered(order, flips: flips).canonical == plain)
      }
    }
  }

  @Test func aNewSpacingKeepsTheCentre() {
    let fine = turned.respaced(to: [0.5, 1, 1])
    #expect(fine.size == [8, 6, 6])
    #expect(fine.spacing == [0.5, 1, 1])
    #expect(fine.bounds == turned.bounds)
    // 3 mm do not divide 4 mm: the box changes, its centre does not.
    let coarse = turned.respaced(to: [3, 100, 3])
    #expect(coarse.size == [1, 1, 2])
    #expect(coarse.position(ofVoxel: [0, 0, 0.5]) == turned.position(ofVoxel: [1.5, 1, 0.5]))
  }

  @Test(arguments: [1e-300, 1e-30, 1e300])
  func noSpacingIsACrash(spacing: Double) {
    let grid = turned.respaced(to: SIMD3(repeating: spacing))
    #expect(grid.size.max() <= Geometry.mostVoxelsAlongAnAxis)
    #expect(grid.voxelCount > 0)
    let long = Geometry(size: [2, 2, 2], spacing: [1e300, 1e300, 1e300])
    #expect(long.respaced(to: SIMD3(repeating: spacing)).voxelCount > 0)
  }

  @Test func gridsAgreeWhenTheirCornersDo() {
    let moved = { (shift: Double) in
      Geometry(
        size: turned.size, spacing: turned.spacing, origin: turned.origin + [shift, 0, 0],
        direction: turned.direction)
    }
    #expect(turned.agrees(with: moved(0.0009)))
    #expect(!turned.agrees(with: moved(0.0011)))
    #expect(turned.agrees(with: moved(0.9), withinMillimetres: 1))
    let larger = Geometry(
      size: [5, 3, 2], spacing: turned.spacing, origin: turned.origin,
      direction: turned.direction)
    #expect(!turned.agrees(with: larger))
  }

  @Test func gridsOverlapWhenTheirBoxesHaveRoomInCommon() {
    let box = Geometry(size: [2, 2, 2], spacing: [1, 1, 1])
    let beside = { (x: Double) in
      Geometry(size: [2, 2, 2], spacing: [1, 1, 1], origin: [x, 0, 0])
    }
    #expect(box.overlaps(beside(1.9)))
    #expect(!box.overlaps(beside(2)))
    #expect(!box.overlaps(beside(-2.5)))
  }

  @Test func tiltedBoxesMayBeApartThoughTheirBoundsAreNot() {
    // A thin plate along the diagonal x = y, and a small box beside it in the corner.
    let half = 0.5.squareRoot()
    let plate = Geometry(
      size: [100, 1, 1], spacing: .one,
      direction: Direction(x: [half, half, 0], y: [-half, half, 0], z: [0, 0, 1]))
    let corner = { (x: Double) in
      Geometry(size: [5, 5, 1], spacing: .one, origin: [x, 30, 0])
    }
    #expect(!plate.overlaps(corner(45)) && !corner(45).overlaps(plate))
    #expect(plate.overlaps(corner(30)) && corner(30).overlaps(plate))
  }

  @Test func gridsWithoutRoomInCommonAreRefusedWithBothBoxes() {
    let box = Geometry(size: [2, 2, 2], spacing: .one)
    let far = Geometry(size: [2, 2, 2], spacing: .one, origin: [10, 0, 0])
    let error = imagingError { try far.checkOverlap(with: box, at: "mri.nii") }
    #expect(
      error?.description == """
        mri.nii does not overlap the reference scan: it covers x 9.5…11.5, y -0.5…1.5, z -0.5…1.5 mm, \
        and the reference covers x -0.5…1.5, y -0.5…1.5, z -0.5…1.5 mm. Check that both are of one \
        patient and that neither has lost its position.
        """)
    #expect(imagingError { try box.checkOverlap(with: box, at: "ct.nii") } == nil)
  }

  /// Report 1287 of nnU-Net: an image and its mask whose directions differ in the sixth decimal.
  @Test func aRoundedDirectionIsStillTheSameGrid() {
    let grid = { (noise: Double) in
      Geometry(
        size: [512, 512, 900], spacing: [0.9, 0.9, 1], origin: [-230, -230, 100],
        direction: Direction(x: [1, noise, noise], y: [-noise, 1, noise], z: [noise, -noise, 1]))
    }
    #expect(grid(0).agrees(with: grid(1e-6)))
    #expect(!grid(0).agrees(with: grid(1e-5)))
  }

  @Test func anotherSizeFillsTheSameBox() {
    let finer = turned.resized(to: [7, 5, 3])
    #expect(finer.size == [7, 5, 3])
    for (left, right) in [
      (finer.bounds.lower, turned.bounds.lower), (finer.bounds.upper, turned.bounds.upper),
    ] {
      #expect(((left - right) * (left - right)).sum() < 1e-20)
    }
  }

  @Test func theVoxelMapLeadsFromOneGridToAnother() {
    let other = Geometry(size: [9, 9, 9], spacing: [0.5, 0.5, 0.5], origin: [1, 2, 3])
    let map = turned.voxelMap(to: other)
    let voxel: SIMD3<Double> = [1.5, 0, 1]
    let error = map(voxel) - other.voxel(at: turned.position(ofVoxel: voxel))
    #expect((error * error).sum() < 1e-20)
  }

  @Test func aGridSaysWhatItIs() {
    let geometry = Geometry(size: [150, 150, 50], spacing: [0.9766, 0.9766, 3.27])
    #expect(geometry.description == "150 × 150 × 50 voxels of 0.98 × 0.98 × 3.27 mm")
  }

  @Test func aGridSurvivesJSON() throws {
    let data = try JSONEncoder().encode(turned)
    #expect(try JSONDecoder().decode(Geometry.self, from: data) == turned)
  }
}

extension Geometry {
  /// The same voxels with permuted axes, flipped where a bit of `flips` is set.
  fileprivate func reordered(_ order: [Int], flips: Int) -> Geometry {
    let columns = [map.x, map.y, map.z]
    var start = origin
    let turned = (0..<3).map { axis -> SIMD3<Double> in
      guard flips >> axis & 1 == 1 else { return columns[order[axis]] }
      start += columns[order[axis]] * Double(size[order[axis]] - 1)
      return -columns[order[axis]]
    }
    return Geometry(
      size: [size[order[0]], size[order[1]], size[order[2]]],
      map: AffineMap(x: turned[0], y: turned[1], z: turned[2], offset: start))
  }
}
