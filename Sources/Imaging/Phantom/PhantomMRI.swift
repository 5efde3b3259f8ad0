import Foundation
import Randomness

/// The MRI scanner: contrast that has nothing to do with density, a coil that sees near things
/// brighter, and the noise of a magnitude image.
enum PhantomMRI {
  /// Scans sagittally and slightly tilted: axes about posterior, inferior and left.
  ///
  /// - Parameter coarseness: The factor on the spacing of 1.35 × 1.35 × 2.6 mm.
  static func scan(
    _ anatomy: PhantomAnatomy, coarseness: Double,
    using generator: inout some RandomNumberGenerator
  ) -> Volume<Float> {
    let sagittal = Direction(x: [0, -1, 0], y: [0, 0, -1], z: [-1, 0, 0])
    let tilt = PhantomRotation.random(upTo: 0.12, using: &generator)
    let spacing = SIMD3(1.35, 1.35, 2.6) * coarseness
    let size = SIMD3<Int>(SIMD3(72, 92, 78) / spacing, rounding: .up)
    let shift = SIMD3.randomUnit(using: &generator) * 2
    let grid = Geometry.centred(
      at: anatomy.centre + shift, size: size, spacing: spacing, direction: tilt.turn(sagittal))
    let coil = PhantomCoil(using: &generator)
    let gain = generator.uniform(500..<1500)
    let noise = generator.uniform(0.03..<0.045)
    // A slice is thicker than its pixels are wide: two looks through its thickness.
    let look = grid.direction.z * (spacing.z / 4)
    let blur = spacing.x
    let signals = grid.mapVoxels { position in
      let both = [position - look, position + look].map { place in
        PhantomProperty.signal.blended(
          by: PhantomAnatomy.coverage(at: anatomy.distances(at: place), blur: blur))
      }
      return (both[0] + both[1]) / 2 * coil.sensitivity(at: position - anatomy.centre)
    }
    // Source: H. Gudbjartsson, S. Patz, "The Rician Distribution of Noisy MRI Data", 1995.
    let voxels = signals.map { signal in
      let real = signal + generator.normal(deviation: noise)
      let imaginary = generator.normal(deviation: noise)
      return Float((gain * (real * real + imaginary * imaginary).squareRoot()).rounded())
    }
    return Volume(geometry: grid, voxels: voxels)
  }
}

/// The smooth multiplicative unevenness of an MRI scan.
struct PhantomCoil {
  private let slope: SIMD3<Double>
  private let frequency: SIMD3<Double>
  private let phase: Double

  init(using generator: inout some RandomNumberGenerator) {
    slope = SIMD3.randomUnit(using: &generator) * generator.uniform(0.004..<0.007)
    frequency = SIMD3.randomUnit(using: &generator) * (2 * .pi / generator.uniform(90..<140))
    phase = generator.uniform(0..<(2 * .pi))
  }

  /// The factor at `offset` millimetres from the middle of the body: about 0.7 to 1.4.
  func sensitivity(at offset: SIMD3<Double>) -> Double {
    exp((slope * offset).sum() + 0.12 * sin((frequency * offset).sum() + phase))
  }
}
