import Foundation
import Imaging
import Testing

struct DirectionOrthonormalTests {
  /// Slices that lean by 12° towards y, as under a gantry tilted by as much.
  private let tilted = Direction(
    x: [1, 0, 0], y: [0, 1, 0], z: [0, sin(12 * .pi / 180), cos(12 * .pi / 180)])

  @Test func aTiltedGantryIsNamedWithItsAngles() {
    #expect(
      tilted.skew?.description == """
        x and y meet at 90.000°, x and z meet at 90.000°, y and z meet at 78.000°; their lengths are \
        1.00000, 1.00000, 1.00000; the slices are sheared by 12.000°, as under a tilted gantry
        """)
  }

  @Test func anotherSkewIsReportedInNumbersAlone() {
    let skewed = Direction(x: [1, 0, 0], y: [0.6, 0.8, 0], z: [0, 0, 1.01])
    #expect(
      skewed.skew?.description == """
        x and y meet at 53.130°, x and z meet at 90.000°, y and z meet at 90.000°; their lengths are \
        1.00000, 1.00000, 1.01000
        """)
  }

  @Test func noiseIsNoSkew() {
    #expect(Direction.radiological.skew == nil)
    #expect(Direction(x: [1, 1e-6, 0], y: [0, 1, 1e-6], z: [1e-6, 0, 1 + 1e-6]).skew == nil)
  }

  /// SVD with numpy 2: U·Vᵀ of [[1, 0, 0.1], [0.2, 0.9, 0], [0, 0.3, 1.1]].
  @Test func theNearestDirectionIsThatOfTheSingularValues() {
    let skewed = Direction(x: [1, 0.2, 0], y: [0, 0.9, 0.3], z: [0.1, 0, 1.1])
    let found = skewed.orthonormalized
    let expected: [SIMD3<Double>] = [
      [0.991730204857151, 0.116786348869827, -0.053217943324122],
      [-0.107227316935782, 0.981848239606946, 0.156449151111452],
      [0.070523069110381, -0.149448931406001, 0.986251242648067],
    ]
    let made = [found.x, found.y, found.z]
    for axis in 0..<3 {
      for part in 0..<3 { #expect(abs(made[axis][part] - expected[axis][part]) < 1e-12) }
    }
    #expect(found.skew == nil)
  }

  @Test func aMirrorStaysOneAndWhatIsOrthonormalStaysAsItIs() {
    let mirror = Direction(x: [-1, 0, 0], y: [0, 1, 1e-5], z: [0, 0, 1])
    let found = mirror.orthonormalized
    #expect(found.x == [-1, 0, 0])
    #expect(abs(found.y.z - 5e-6) < 1e-10 && abs(found.z.y + 5e-6) < 1e-10)
    #expect(Direction.radiological.orthonormalized == .radiological)
  }

  @Test func theCentreStaysWhereItIs() {
    let leaning = Geometry(
      size: [10, 20, 30], spacing: [1, 1, 2], origin: [5, 6, 7], direction: tilted)
    let upright = leaning.orthonormalized
    let middle: SIMD3<Double> = [4.5, 9.5, 14.5]
    let moved = leaning.position(ofVoxel: middle) - upright.position(ofVoxel: middle)
    #expect((moved * moved).sum() < 1e-20)
    #expect(upright.spacing == leaning.spacing && upright.direction.skew == nil)
  }
}
