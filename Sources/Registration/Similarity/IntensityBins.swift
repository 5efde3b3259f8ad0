import Foundation
internal import Imaging

/// Where intensities come to lie in a joint histogram.
///
/// The histogram's outermost bins stay empty but for the window's tails, so an intensity lies between
/// 1 and the number of bins less 2. Bins are narrow where intensities are frequent, in proportion to
/// the cube root of their density: with equal bins, the air and bone of a CT would leave one or two
/// to all soft tissue. What one voxel in a thousand exceeds counts as the limit itself.
///
/// Source: P. Panter, W. Dite, "Quantization Distortion in Pulse-Count Modulation with Nonuniform
/// Spacing of Levels", Proceedings of the IRE 39(1), 1951: the density of levels with the least
/// mean squared error.
struct IntensityBins {
  /// How many there are along each axis of the histogram.
  static let count = 32

  /// Into how many equal steps the range is divided to find the density.
  private static let steps = 256

  /// In double precision, as the steps per intensity of a faint scan are too many for a `Float`.
  private let lowest: Double
  private let scale: Double

  /// The place of each step's beginning, and of the last one's end.
  private let places: [Float]

  /// `nil` for a scan whose intensities are all alike.
  init?(of volume: Volume<Float>) {
    let stride = max(1, volume.voxels.count / 100_000)
    let sample = Swift.stride(from: 0, to: volume.voxels.count, by: stride)
      .map { volume.voxels[$0] }.sorted()
    guard let least = sample.first, let greatest = sample.last, greatest > least else { return nil }
    let inner = (
      Double(IntensityStatistics.percentile(0.1, ofSorted: sample)),
      Double(IntensityStatistics.percentile(99.9, ofSorted: sample))
    )
    let (low, high) = inner.1 > inner.0 ? inner : (Double(least), Double(greatest))
    let scale = Double(Self.steps) / (high - low)
    (lowest, self.scale) = (low, scale)
    places = Self.places(of: sample.map { (Double($0) - low) * scale })
  }

  /// The places of the steps' ends for intensities counted in steps.
  private static func places(of sample: [Double]) -> [Float] {
    var counts = [Double](repeating: 0, count: steps)
    for value in sample { counts[Int(min(max(value, 0), Double(steps - 1)))] += 1 }
    // A share for all steps alike keeps the places of rare intensities apart.
    let widths = counts.map { cbrt($0 + 0.01 * Double(sample.count) / Double(steps)) }
    let total = widths.reduce(0, +)
    var places: [Float] = [1]
    var sum = 0.0
    for width in widths {
      sum += width
      places.append(Float(1 + sum / total * Double(count - 3)))
    }
    return places
  }

  /// The place of an intensity, between 1 and ``count`` - 2.
  func place(of intensity: Float) -> Float {
    let step = Float(min(max((Double(intensity) - lowest) * scale, 0), Double(Self.steps)))
    let below = min(Int(step), Self.steps - 1)
    let (one, other) = (places[below], places[below + 1])
    return min(one + (step - Float(below)) * (other - one), Float(Self.count - 2))
  }

  /// A volume of places.
  func places(of volume: Volume<Float>) -> Volume<Float> {
    Volume(geometry: volume.geometry, voxels: volume.voxels.map(place(of:)))
  }
}
