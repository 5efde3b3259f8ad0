import Randomness
import Testing

@testable import Training

struct SpatialTransformTests {
  @Test func drawsZoomTurnAndMirrorWithTheirProbabilities() {
    var generator = SplitMix64(seed: 5)
    var counts = (zoomed: 0, turned: 0, mirrored: 0)
    for _ in 0..<4000 {
      let transform = SpatialTransform.random(centre: .zero, using: &generator)
      if transform.zoom != 1 { counts.zoomed += 1 }
      if transform.angle != 0 { counts.turned += 1 }
      if transform.mirrored[1] { counts.mirrored += 1 }
      #expect((1 / 1.4...1 / 0.7).contains(transform.zoom))
      #expect(abs(transform.angle) <= .pi / 6)
    }
    #expect(abs(counts.zoomed - 800) < 100)
    #expect(abs(counts.turned - 800) < 100)
    #expect(abs(counts.mirrored - 2000) < 150)
  }

  @Test func aTurnKeepsLengthsInMillimetresOnAnisotropicVoxels() {
    var transform = SpatialTransform(centre: .zero)
    transform.angle = 0.4
    let spacing = SIMD3<Double>(0.5, 2, 3)
    let axes = transform.matrix(spacing: spacing)
    let x = axes.x * spacing
    let y = axes.y * spacing
    #expect(abs((x * x).sum().squareRoot() - spacing.x) < 1e-12)
    #expect(abs((y * y).sum().squareRoot() - spacing.y) < 1e-12)
    #expect(abs((x * y).sum()) < 1e-12)
  }
}
