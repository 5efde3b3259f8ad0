internal import CRegistration
import Foundation
internal import Imaging
internal import Randomness

/// Normalised mutual information, `(H(fixed) + H(moving)) / H(fixed, moving)`, and its derivative.
///
/// Entropies are those of the joint histogram of points of the fixed scan that lie in the moving one.
/// The points are jittered, since on a regular grid the interpolation blurs less where the two grids
/// meet and makes that place look better than it is.
///
/// Source: C. Studholme, D. Hill, D. Hawkes, "An Overlap Invariant Entropy Measure of 3D Medical
/// Image Alignment", Pattern Recognition 32(1), 1999, equation 8; the derivative as in P. Thévenaz,
/// M. Unser, "Optimization of Mutual Information for Multiresolution Image Registration", IEEE
/// Transactions on Image Processing 9(12), 2000, with a weight for each point.
struct MutualInformation: Objective {
  let frame: Frame
  private let fixed: Geometry
  private let moving: Volume<Float>
  private let places: [Float]
  private let bins: [UInt8]
  private let threads: Int?

  /// Into how many sums the points are divided, however many threads there are, so that the result
  /// does not depend on their number.
  private static let pieces = 16

  /// - Parameters:
  ///   - count: The most points to compare.
  ///   - generator: Where the points' places come from.
  /// - Returns: `nil` when one of the scans is of one intensity.
  init?(
    fixed: Volume<Float>, moving: Volume<Float>, frame: Frame, samples count: Int, threads: Int?,
    using generator: inout some RandomNumberGenerator
  ) {
    guard let fixedBins = IntensityBins(of: fixed), let movingBins = IntensityBins(of: moving)
    else { return nil }
    (self.frame, self.fixed, self.threads) = (frame, fixed.geometry, threads)
    self.moving = movingBins.places(of: moving)
    let voxels = Self.points(in: fixed.geometry.size, count: count, using: &generator)
    let toFrame = fixed.geometry.map.followed(by: frame.map.inverse)
    places = stride(from: 0, to: voxels.count, by: 3).flatMap { index -> [Float] in
      let place = toFrame(
        [Double(voxels[index]), Double(voxels[index + 1]), Double(voxels[index + 2])])
      return [Float(place.x), Float(place.y), Float(place.z)]
    }
    bins = Self.look(at: fixed, voxels).map { UInt8(fixedBins.place(of: $0).rounded()) }
  }

  /// Points of a grid in voxels, x, y and z of each: one near every voxel, or near some at random
  /// when there are more than `count`.
  private static func points(
    in size: SIMD3<Int>, count: Int, using generator: inout some RandomNumberGenerator
  ) -> [Float] {
    let voxels = size.x * size.y * size.z
    let last = SIMD3<Double>(size &- 1)
    var points: [Float] = []
    points.reserveCapacity(3 * min(voxels, count))
    for index in 0..<min(voxels, count) {
      // One from each stretch of equal length, so that the points are spread evenly.
      let stretch = Double(voxels) / Double(min(voxels, count))
      let voxel = min(voxels - 1, Int((Double(index) + generator.uniform(0..<1)) * stretch))
      let place: SIMD3<Double> = [
        Double(voxel % size.x), Double(voxel / size.x % size.y), Double(voxel / (size.x * size.y)),
      ]
      let jitter: SIMD3<Double> = [
        generator.uniform(-0.5..<0.5), generator.uniform(-0.5..<0.5),
        generator.uniform(-0.5..<0.5),
      ]
      let held = (place + jitter).clamped(lowerBound: .zero, upperBound: last)
      points += [Float(held.x), Float(held.y), Float(held.z)]
    }
    return points
  }

  private static func look(at volume: Volume<Float>, _ places: [Float]) -> [Float] {
    let count = places.count / 3
    return [Float](unsafeUninitializedCapacity: count) { buffer, filled in
      volume.withKernelVolume { volume in
        var volume = volume
        cregistration_look(&volume, places, Int64(count), buffer.baseAddress)
      }
      filled = count
    }
  }

  func evaluate(at transform: AffineMap, withSlope: Bool) -> Evaluation? {
    let toVoxels = transform.followed(by: moving.geometry.map.inverse)
    let map = frame.map.followed(by: toVoxels)
    let (histogram, weight) = histogram(through: map)
    guard weight > 0 else { return nil }
    let joint = JointHistogram(histogram.map { $0 / weight }, bins: IntensityBins.count)
    guard let value = joint.normalizedMutualInformation else { return nil }
    let covered = weight / Double(bins.count) * fixed.extent
    let smaller = min(fixed.extent, moving.geometry.extent / abs(transform.determinant))
    var result = Evaluation(cost: -value, overlap: min(1, covered / smaller))
    guard withSlope else { return result }
    let slopes = joint.slopes
    let mean = zip(joint.parts, slopes).reduce(0) { $0 + $1.0 * $1.1 }
    let slope = gradient(through: map, slopes: slopes, mean: mean).map { -$0 / weight }
    result.slope = pulledBack(slope, through: toVoxels)
    return result
  }

  /// The joint histogram, whose sum is the second value.
  private func histogram(through map: AffineMap) -> ([Double], Double) {
    let size = IntensityBins.count * IntensityBins.count
    let sums = summed(count: size + 1) { samples, volume, range, output in
      var (samples, volume, map) = (samples, volume, cregistration_map(map))
      output[size] = cregistration_histogram(
        &samples, Int64(range.lowerBound), Int64(range.upperBound), &volume, &map,
        Int32(IntensityBins.count), output)
    }
    return (Array(sums.prefix(size)), sums[size])
  }

  private func gradient(through map: AffineMap, slopes: [Double], mean: Double) -> [Double] {
    summed(count: 12) { samples, volume, range, output in
      var (samples, volume, map) = (samples, volume, cregistration_map(map))
      cregistration_histogram_gradient(
        &samples, Int64(range.lowerBound), Int64(range.upperBound), &volume, &map,
        Int32(IntensityBins.count), slopes, mean, output)
    }
  }

  /// The sum of what `body` adds to `count` zeros for each piece of the points.
  private func summed(
    count: Int,
    _ body:
      @Sendable (
        cregistration_samples, cregistration_volume, Range<Int>, UnsafeMutablePointer<Double>
      ) -> Void
  ) -> [Double] {
    var sums = [Double](repeating: 0, count: count * Self.pieces)
    sums.withUnsafeMutableBufferPointer { sums in
      places.withUnsafeBufferPointer { places in
        bins.withUnsafeBufferPointer { bins in
          moving.withKernelVolume { volume in
            // Every piece has sums of its own.
            nonisolated(unsafe) let (all, volume, output) = (
              cregistration_samples(places: places.baseAddress, bins: bins.baseAddress), volume,
              sums.baseAddress
            )
            let points = bins.count
            let length = (points + Self.pieces - 1) / Self.pieces
            shareOut(Self.pieces, threads: threads) { piece in
              let range = min(piece * length, points)..<min((piece + 1) * length, points)
              guard let output else { return }
              body(all, volume, range, output + piece * count)
            }
          }
        }
      }
    }
    return (0..<count).map { index in
      (0..<Self.pieces).reduce(0) { $0 + sums[$1 * count + index] }
    }
  }
}
