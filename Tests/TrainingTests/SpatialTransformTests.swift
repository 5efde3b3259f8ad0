import Randomness
import TestSupport
import Testing

@testable import Training

struct SpatialTransformTests {
  /// Bounds are five standard deviations of the counts.
  @Test func drawsZoomTurnAndMirrorWithTheirProbabilities() {
    var generator = SplitMix64(seed: 5)
    var counts = (zoomed: 0, turned: 0, both: 0, mirrored: 0)
    var zooms: [Double] = []
    var angles: [Double] = []
    for _ in 0..<10_000 {
      let transform = SpatialTransform.random(centre: .zero, in: .volume, using: &generator)
      let (isZoomed, isTurned) = (transform.zoom != .one, transform.angles != .zero)
      if isZoomed { counts.zoomed += 1 }
      if isTurned { counts.turned += 1 }
      if isZoomed && isTurned { counts.both += 1 }
      if transform.mirrored[1] { counts.mirrored += 1 }
      if isZoomed { zooms.append(transform.zoom.x) }
      if isTurned { angles += [transform.angles.x, transform.angles.y, transform.angles.z] }
      #expect(transform.zoom == SIMD3(repeating: transform.zoom.x))
    }
    #expect(abs(counts.zoomed - 2000) < 200)
    #expect(abs(counts.turned - 2000) < 200)
    #expect(abs(counts.both - 400) < 100)
    #expect(abs(counts.mirrored - 5000) < 250)
    expectUniform(zooms, on: 0.7...1.4)
    expectUniform(angles, on: (-.pi / 6)...(.pi / 6))
  }

  @Test func slicesTurnFreelyAndKeepTheirPlaces() {
    var generator = SplitMix64(seed: 6)
    var angles: [Double] = []
    for _ in 0..<4000 {
      let transform = SpatialTransform.random(
        centre: .zero, in: .slices(across: 2), using: &generator)
      if transform.angles.z != 0 { angles.append(transform.angles.z) }
      #expect(transform.angles.x == 0 && transform.angles.y == 0)
      #expect(transform.zoom.z == 1 && transform.zoom.x == transform.zoom.y)
      let axes = transform.matrix(spacing: [1, 1, 5])
      #expect(axes.x.z == 0 && axes.y.z == 0 && abs(axes.z.z) == 1)
    }
    expectUniform(angles, on: (-.pi)...(.pi))
  }

  /// Range, mean and variance, the latter two within five standard errors.
  private func expectUniform(_ values: [Double], on range: ClosedRange<Double>) {
    let width = range.upperBound - range.lowerBound
    let units = values.map { ($0 - range.lowerBound) / width }
    let count = Double(units.count)
    let mean = units.reduce(0, +) / count
    let squares = units.map { ($0 - 0.5) * ($0 - 0.5) }.reduce(0, +) / count
    #expect(units.allSatisfy { (0...1).contains($0) })
    #expect(abs(mean - 0.5) < 5 * (1 / (12 * count)).squareRoot())
    // The variance of (u − ½)² is 1/180.
    #expect(abs(squares - 1 / 12.0) < 5 * (1 / (180 * count)).squareRoot())
  }

  @Test func aTurnKeepsLengthsAndAnglesInMillimetresOnAnisotropicVoxels() {
    var transform = SpatialTransform(centre: .zero)
    transform.angles = [0.4, -0.3, 0.7]
    let spacing = SIMD3<Double>(0.5, 2, 3)
    let axes = transform.matrix(spacing: spacing)
    let (x, y, z) = (axes.x * spacing, axes.y * spacing, axes.z * spacing)
    expectClose((x * x).sum().squareRoot(), spacing.x, within: 1e-12)
    expectClose((y * y).sum().squareRoot(), spacing.y, within: 1e-12)
    expectClose((z * z).sum().squareRoot(), spacing.z, within: 1e-12)
    expectClose([(x * y).sum(), (y * z).sum(), (z * x).sum()], [0, 0, 0], within: 1e-12)
  }

  @Test func turnsFollowTheRightHandRule() {
    var transform = SpatialTransform(centre: .zero)
    transform.angles.x = .pi / 2
    let axes = transform.matrix(spacing: .one)
    expectClose([axes.y.y, axes.y.z, axes.z.y, axes.z.z], [0, 1, -1, 0], within: 1e-12)
    transform.angles = [0, .pi / 2, 0]
    let other = transform.matrix(spacing: .one)
    expectClose([other.z.x, other.z.z, other.x.x, other.x.z], [1, 0, 0, -1], within: 1e-12)
  }
}
