import Foundation
import Randomness

/// A smooth bending of space: the sum of a few long waves.
struct PhantomDisplacement {
  private struct Wave {
    /// How far points move, in millimetres.
    let reach: SIMD3<Double>

    /// Radians per millimetre.
    let frequency: SIMD3<Double>
    let phase: Double
  }

  private let waves: [Wave]

  /// Draws waves of 50 to 90 mm that each move points by up to 2.2 mm: too little to fold space.
  init(using generator: inout some RandomNumberGenerator) {
    var waves: [Wave] = []
    for _ in 0..<5 {
      let reach = SIMD3.randomUnit(using: &generator) * generator.uniform(1.0..<2.2)
      let length = generator.uniform(50..<90)
      let frequency = SIMD3.randomUnit(using: &generator) * (2 * .pi / length)
      let phase = generator.uniform(0..<(2 * .pi))
      waves.append(Wave(reach: reach, frequency: frequency, phase: phase))
    }
    self.waves = waves
  }

  /// Where `point` comes from.
  func callAsFunction(_ point: SIMD3<Double>) -> SIMD3<Double> {
    var moved = point
    for wave in waves {
      moved += wave.reach * sin((wave.frequency * point).sum() + wave.phase)
    }
    return moved
  }
}
