import Foundation
import Randomness

/// The ultrasound scanner: a curved probe on the belly that is swept from below to above.
///
/// Echoes are computed beam by beam: random scatterers and mirrors, weakened by what the sound has
/// passed, blurred by the point-spread function of the probe. The magnitude of that sum is what
/// gives ultrasound its speckle. It is then compressed logarithmically and the beams are laid out
/// as a fan. Outside of the fan everything is 0; inside nothing is.
///
/// Source: J. Jensen, "Field: A Program for Simulating Ultrasound Systems", 1996, for the linear
/// model; R. Wagner et al., "Statistics of Speckle in Ultrasound B-Scans", 1983.
enum PhantomUltrasound {
  /// Scans about the middle of the body; axes about left, posterior (the beams) and superior.
  ///
  /// - Parameter coarseness: The factor on the spacing of 0.8 × 0.8 × 1.7 mm.
  /// - Returns: Grey values 0 to 255.
  static func scan(
    _ anatomy: PhantomAnatomy, coarseness: Double,
    using generator: inout some RandomNumberGenerator
  ) -> Volume<Float> {
    let probe = PhantomProbe(
      touching: anatomy.centre, coarseness: coarseness, using: &generator)
    var real: [Float] = []
    var imaginary: [Float] = []
    real.reserveCapacity(probe.sampleCount)
    imaginary.reserveCapacity(probe.sampleCount)
    for frame in 0..<probe.frames {
      for beam in 0..<probe.beams {
        appendEchoes(
          of: anatomy, along: probe.beam(beam, frame: frame), step: probe.step,
          to: &real, &imaginary, using: &generator)
      }
    }
    let size = SIMD3(probe.samples, probe.beams, probe.frames)
    let spread = SIMD3(0.5 / probe.step, 1.3 / coarseness, 0.7)
    GaussianBlur.apply(to: &real, size: size, deviations: spread, keepingPower: true)
    GaussianBlur.apply(to: &imaginary, size: size, deviations: spread, keepingPower: true)
    let gain = generator.uniform(0.17..<0.23)
    return probe.fan(of: greyValues(real, imaginary, probe: probe, gain: gain))
  }

  /// Appends the echoes of one beam: complex amplitudes, 1 being the organ's near the probe.
  private static func appendEchoes(
    of anatomy: PhantomAnatomy,
    along beam: (start: SIMD3<Double>, direction: SIMD3<Double>, count: Int),
    step: Double, to real: inout [Float], _ imaginary: inout [Float],
    using generator: inout some RandomNumberGenerator
  ) {
    var loss = 0.0
    var before: Double?
    for sample in 0..<beam.count {
      let position = beam.start + beam.direction * (Double(sample) * step)
      let coverage = PhantomAnatomy.coverage(at: anatomy.distances(at: position), blur: 0.7)
      let impedance = PhantomProperty.impedance.blended(by: coverage)
      let mirrored = 6 * abs(impedance - (before ?? impedance))
      before = impedance
      loss += PhantomProperty.loss.blended(by: coverage) * step
      let arriving = pow(10, -loss / 20)
      let scattered = PhantomProperty.echo.blended(by: coverage) * 0.5.squareRoot()
      real.append(Float(arriving * (scattered * generator.normal() + mirrored)))
      imaginary.append(Float(arriving * scattered * generator.normal()))
    }
  }

  /// Magnitudes, amplified with depth and compressed: 55 decibels become 1 to 255.
  ///
  /// - Parameter gain: The depth gain in decibels per millimetre.
  private static func greyValues(
    _ real: [Float], _ imaginary: [Float], probe: PhantomProbe, gain: Double
  ) -> [Float] {
    // The electronics' own noise: what remains in a shadow, and grows with the depth gain.
    let floor: Float = 3e-5
    return real.indices.map { index in
      let power = real[index] * real[index] + imaginary[index] * imaginary[index] + floor
      let depth = Double(index % probe.samples) * probe.step
      let decibels = 10 * log10(Double(power)) + gain * depth
      return Float(min(max(1, 1 + (decibels + 32) / 55 * 254), 255))
    }
  }
}
