import Randomness

/// What happens to the intensities of one modality of a patch, in this order.
///
/// Source: the default training transforms of nnU-Net 2, with their probabilities and ranges; the
/// shift, which is not among them, is that of its extension "DA5".
struct IntensityChange: Equatable {
  /// Normal noise, the same for the same seed.
  struct Noise: Equatable {
    let deviation: Double
    let seed: UInt64
  }

  var noise: Noise?

  /// The sigmas of a Gaussian blur along x, y and z, in voxels.
  var blur: SIMD3<Double>?

  /// Brightness: what values are multiplied with, and what is added then.
  var brightness = 1.0
  var shift = 0.0

  /// What distances from the mean are multiplied with.
  var contrast: Double?

  /// The size of a coarser scan that is simulated, as a share of the patch's.
  var resolution: Double?

  /// The exponents of the inverted intensities, and of the intensities.
  var invertedGamma: Double?
  var gamma: Double?

  /// Draws a change for each of `count` modalities.
  ///
  /// Whether a change happens is decided for all modalities together, but how strongly for each of
  /// them, and blur and coarser scans leave out every other modality.
  ///
  /// - Parameter shifting: The probability of the shift.
  static func random(
    count: Int, shifting: Double = 0, using generator: inout some RandomNumberGenerator
  ) -> [IntensityChange] {
    var changes = [IntensityChange](repeating: .init(), count: count)
    if generator.chance(0.1) {
      for index in changes.indices {
        changes[index].noise = Noise(
          deviation: generator.uniform(0..<0.1), seed: generator.next())
      }
    }
    if generator.chance(0.2) {
      for index in changes.indices where generator.chance(0.5) {
        let sigmas = (0..<3).map { _ in generator.uniform(0.5..<1) }
        changes[index].blur = SIMD3(sigmas)
      }
    }
    if generator.chance(0.15) {
      for index in changes.indices { changes[index].brightness = generator.around1(0.75..<1.25) }
    }
    if generator.chance(shifting) {
      for index in changes.indices { changes[index].shift = generator.normal(deviation: 0.5) }
    }
    if generator.chance(0.15) {
      for index in changes.indices { changes[index].contrast = generator.around1(0.75..<1.25) }
    }
    if generator.chance(0.25) {
      for index in changes.indices where generator.chance(0.5) {
        changes[index].resolution = generator.uniform(0.5..<1)
      }
    }
    if generator.chance(0.1) {
      for index in changes.indices { changes[index].invertedGamma = generator.around1(0.7..<1.5) }
    }
    if generator.chance(0.3) {
      for index in changes.indices { changes[index].gamma = generator.around1(0.7..<1.5) }
    }
    return changes
  }
}

extension RandomNumberGenerator {
  /// A number below 1 half of the time and above it the other half, uniform on either side.
  fileprivate mutating func around1(_ range: Range<Double>) -> Double {
    chance(0.5) ? uniform(range.lowerBound..<1) : uniform(1..<range.upperBound)
  }
}
