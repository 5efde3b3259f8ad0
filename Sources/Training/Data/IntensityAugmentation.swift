import Foundation
import Randomness

/// Random changes of a patch's intensities: noise, brightness, contrast and gamma.
///
/// Probabilities and ranges are nnU-Net's defaults; each patch and modality draws its own.
enum IntensityAugmentation {
  static func apply(
    to patch: UnsafeMutableBufferPointer<Float>,
    using generator: inout some RandomNumberGenerator
  ) {
    if generator.chance(0.1) {
      addNoise(deviation: generator.uniform(0..<0.1).squareRoot(), to: patch, using: &generator)
    }
    if generator.chance(0.15) {
      scale(patch, by: generator.uniform(0.75..<1.25))
    }
    if generator.chance(0.15) {
      changeContrast(of: patch, by: generator.uniform(0.75..<1.25))
    }
    if generator.chance(0.1) {
      raise(patch, to: generator.uniform(0.7..<1.5), inverted: true)
    }
    if generator.chance(0.3) {
      raise(patch, to: generator.uniform(0.7..<1.5), inverted: false)
    }
  }

  /// Adds normal noise.
  static func addNoise(
    deviation: Double, to patch: UnsafeMutableBufferPointer<Float>,
    using generator: inout some RandomNumberGenerator
  ) {
    for index in patch.indices {
      patch[index] += Float(generator.normal(deviation: deviation))
    }
  }

  /// Brightness: every value times `factor`.
  static func scale(_ patch: UnsafeMutableBufferPointer<Float>, by factor: Double) {
    for index in patch.indices {
      patch[index] *= Float(factor)
    }
  }

  /// Contrast: distances from the mean times `factor`, kept within the patch's range.
  static func changeContrast(of patch: UnsafeMutableBufferPointer<Float>, by factor: Double) {
    let (mean, _) = moments(of: patch)
    guard let lowest = patch.min(), let highest = patch.max() else { return }
    for index in patch.indices {
      let value = mean + (patch[index] - mean) * Float(factor)
      patch[index] = min(max(value, lowest), highest)
    }
  }

  /// Gamma: values mapped to 0...1, raised to `exponent`, and given their mean and deviation back.
  static func raise(
    _ patch: UnsafeMutableBufferPointer<Float>, to exponent: Double, inverted: Bool
  ) {
    guard let lowest = patch.min(), let highest = patch.max(), highest > lowest else { return }
    let before = moments(of: patch)
    let range = highest - lowest
    for index in patch.indices {
      let unit = inverted ? (highest - patch[index]) / range : (patch[index] - lowest) / range
      let raised = powf(unit, Float(exponent)) * range
      patch[index] = inverted ? highest - raised : lowest + raised
    }
    let after = moments(of: patch)
    let factor = before.deviation / max(after.deviation, 1e-8)
    for index in patch.indices {
      patch[index] = before.mean + (patch[index] - after.mean) * factor
    }
  }

  private static func moments(
    of patch: UnsafeMutableBufferPointer<Float>
  ) -> (mean: Float, deviation: Float) {
    var sum = 0.0
    var squares = 0.0
    for value in patch {
      sum += Double(value)
      squares += Double(value) * Double(value)
    }
    let mean = sum / Double(patch.count)
    let variance = max(0, squares / Double(patch.count) - mean * mean)
    return (Float(mean), Float(variance.squareRoot()))
  }
}
