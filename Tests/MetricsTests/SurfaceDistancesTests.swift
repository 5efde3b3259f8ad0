import Imaging
import Metrics
import Randomness
import TestSupport
import Testing

struct SurfaceDistancesTests {
  private func distances(
    _ prediction: LabelMap, _ reference: LabelMap, _ convention: SurfaceConvention,
    of labels: Set<Int> = [1]
  ) -> SurfaceDistances? {
    SurfaceDistances(
      of: labels, prediction: prediction, reference: reference,
      pairs: LabelPairs(prediction: prediction, reference: reference), convention: convention)
  }

  @Test(arguments: SurfaceConvention.allCases)
  func equalMasksHaveNoDistance(convention: SurfaceConvention) throws {
    let surfaces = try #require(distances(cube(2..<12), cube(2..<12), convention))
    #expect(surfaces.hausdorff == 0)
    #expect(surfaces.average == 0)
    #expect(surfaces.surfaceDice(withinMillimetres: 0) == 1)
  }

  /// Two cubes, one voxel apart along x: every surface element has one at most a voxel away.
  @Test(arguments: SurfaceConvention.allCases)
  func shiftedCubesAreTheShiftApart(convention: SurfaceConvention) throws {
    let surfaces = try #require(
      distances(cube(2..<12, shiftedAlongX: 1), cube(2..<12), convention))
    #expect(surfaces.hausdorff == 1)
    #expect(surfaces.hausdorff(percentile: 100) == 1)
    #expect(surfaces.surfaceDice(withinMillimetres: 1) == 1)
    #expect(surfaces.averageFromReference == surfaces.averageFromPrediction)
  }

  /// Single voxels, 3 apart along x and 4 along y, of 1 mm: 5 mm.
  @Test(arguments: SurfaceConvention.allCases)
  func singleVoxelsAreAsFarApartAsTheyAre(convention: SurfaceConvention) throws {
    var (first, second) = (cube(0..<0), cube(0..<0))
    first[2, 2, 2] = 1
    second[5, 6, 2] = 1
    let surfaces = try #require(distances(first, second, convention))
    // Between their nearest corners, surface elements are a voxel closer along each axis.
    #expect(surfaces.hausdorff == 5)
    if convention != .surfels { #expect(surfaces.average == 5) }
  }

  @Test func spacingIsInMillimetres() throws {
    let grid = Geometry(size: [9, 9, 9], spacing: [0.5, 2, 3])
    var (first, second) = (
      LabelMap(geometry: grid, filledWith: 0), LabelMap(geometry: grid, filledWith: 0)
    )
    first[1, 4, 1] = 1
    second[7, 4, 3] = 1
    let surfaces = try #require(distances(first, second, .voxels))
    // 6 voxels of 0.5 mm along x and 2 of 3 mm along z.
    let expected = 45.0.squareRoot()
    #expect(surfaces.hausdorff == expected)
  }

  @Test func whereTheGridPointsDoesNotMatter() throws {
    let turned = Direction(x: [0.8, 0.6, 0], y: [-0.6, 0.8, 0], z: [0, 0, 1])
    let (first, second) = (cube(2..<9), cube(3..<12))
    let grid = Geometry(
      size: first.geometry.size, spacing: .one, origin: [9, -7, 3], direction: turned)
    let straight = try #require(distances(first, second, .surfels))
    let oblique = try #require(
      distances(
        LabelMap(geometry: grid, voxels: first.voxels),
        LabelMap(geometry: grid, voxels: second.voxels), .surfels))
    #expect(straight.average == oblique.average)
  }

  @Test func withoutASurfaceThereIsNoDistance() {
    #expect(distances(cube(0..<0), cube(2..<4), .surfels) == nil)
    #expect(distances(cube(2..<4), cube(0..<0), .voxels) == nil)
    #expect(distances(cube(0..<0), cube(0..<0), .contours) == nil)
    // SimpleITK sees no contour where the image ends.
    #expect(distances(cube(0..<14), cube(0..<14), .contours) == nil)
    #expect(distances(cube(0..<14), cube(0..<14), .voxels)?.hausdorff == 0)
  }

  @Test func aRegionIsAsOneMask() throws {
    let (parts, whole) = (row([0, 1, 2, 2, 0, 0]), row([0, 1, 1, 1, 0, 0]))
    let surfaces = try #require(distances(parts, whole, .surfels, of: [1, 2]))
    #expect(surfaces.hausdorff == 0)
  }

  /// A square of five and one of three inside it. A picture is measured as a picture: were it a
  /// slice of a volume, each voxel would be boundary.
  @Test func aSingleSliceIsAPicture() throws {
    let grid = Geometry(size: [7, 7, 1], spacing: .one)
    var (large, small) = (
      LabelMap(geometry: grid, filledWith: 0), LabelMap(geometry: grid, filledWith: 0)
    )
    for y in 1..<6 { for x in 1..<6 { large[x, y, 0] = 1 } }
    for y in 2..<5 { for x in 2..<5 { small[x, y, 0] = 1 } }
    let surfaces = try #require(distances(large, small, .voxels))
    #expect(surfaces.hausdorff == 2.0.squareRoot())
    // 12 of the large outline's 16 voxels are 1 away and its corners √2; all 8 of the small one's 1.
    let total = 20 + 4 * 2.0.squareRoot()
    expectClose(surfaces.average, total / 24, within: 1e-12)
  }

  /// Every boundary voxel against every other, on a grid where no shortcut helps.
  @Test func agreesWithBruteForce() throws {
    var generator = SplitMix64(seed: 8)
    let grid = Geometry(size: [9, 8, 7], spacing: [0.9, 1.7, 2.3])
    func noise() -> LabelMap {
      LabelMap(
        geometry: grid,
        voxels: (0..<grid.voxelCount).map { _ in generator.chance(0.03) ? 1 : 0 })
    }
    let (first, second) = (noise(), noise())
    let surfaces = try #require(distances(first, second, .voxels))
    let (left, right) = (Self.points(first), Self.points(second))
    let forth = left.map { point in right.map { Self.distance(point, $0) }.min() ?? .nan }
    let back = right.map { point in left.map { Self.distance(point, $0) }.min() ?? .nan }
    expectClose(
      surfaces.hausdorff, max(forth.max() ?? .nan, back.max() ?? .nan), within: 1e-12)
    expectClose(
      surfaces.average, (forth + back).reduce(0, +) / Double(forth.count + back.count),
      within: 1e-12)
  }

  /// The voxels of a sparse mask, in millimetres; none is inside others.
  private static func points(_ mask: LabelMap) -> [SIMD3<Double>] {
    let size = mask.geometry.size
    return mask.voxels.indices.filter { mask.voxels[$0] == 1 }.map { index in
      SIMD3(
        Double(index % size.x), Double(index / size.x % size.y), Double(index / size.x / size.y))
        * mask.geometry.spacing
    }
  }

  private static func distance(_ left: SIMD3<Double>, _ right: SIMD3<Double>) -> Double {
    ((left - right) * (left - right)).sum().squareRoot()
  }
}
