/// How the intensities of one modality become numbers a network can learn from.
///
/// Every case is a pure function of one volume; none divides by zero on a flat image.
public enum Normalization: Hashable, Sendable {
  /// CT: clip to the percentiles 0.5 and 99.5 of the training foreground, then subtract its mean
  /// and divide by its standard deviation.
  ///
  /// Source: F. Isensee et al., "nnU-Net", Nature Methods 2021, the CT scheme.
  case clipAndStandardize(IntensityStatistics)

  /// MRI: voxels that are not 0 get mean 0 and standard deviation 1; zeros stay 0.
  case standardizeNonZero

  /// PET and others: the whole volume gets mean 0 and standard deviation 1.
  case standardize

  /// Ultrasound: inside the field of view (voxels that are not 0) from the minimum to the
  /// percentile 99.5 becomes 0 to 1, clipped; outside is 0.
  case unitRange

  /// The normalisation for scans of `kind`.
  ///
  /// - Parameter foreground: What the labelled voxels of the training cases are like. CT without
  ///   it is standardised per volume.
  public static func of(kind: ModalityKind, foreground: IntensityStatistics?) -> Normalization {
    switch kind {
    case .ct: foreground.map(Normalization.clipAndStandardize) ?? .standardize
    case .mri: .standardizeNonZero
    case .ultrasound: .unitRange
    case .pet: .standardize
    }
  }

  /// The normalised volume, on the same grid.
  public func callAsFunction(_ volume: Volume<Float>) -> Volume<Float> {
    var result = volume
    switch self {
    case .clipAndStandardize(let statistics):
      result.voxels = Self.clipAndStandardize(volume.voxels, by: statistics)
    case .standardizeNonZero: result.voxels = Self.standardize(volume.voxels, where: { $0 != 0 })
    case .standardize: result.voxels = Self.standardize(volume.voxels, where: { _ in true })
    case .unitRange: result.voxels = Self.unitRange(volume.voxels)
    }
    return result
  }

  /// One line for a person, such as `z-score of the voxels that are not 0`.
  public var summary: String {
    switch self {
    case .clipAndStandardize(let statistics):
      "clip to \(rounded(statistics.lower)) … \(rounded(statistics.upper)), "
        + "subtract \(rounded(statistics.mean)), divide by \(rounded(statistics.deviation))"
    case .standardizeNonZero: "z-score of the voxels that are not 0"
    case .standardize: "z-score of all voxels"
    case .unitRange: "0 to 1 inside the field of view"
    }
  }

  /// A number with at most two decimals.
  private func rounded(_ value: Double) -> Double {
    (value * 100).rounded() / 100
  }
}

extension Normalization {
  /// The smallest divisor; below it a flat image becomes 0 and not infinite.
  private static let leastDeviation = 1e-8

  private static func clipAndStandardize(
    _ voxels: [Float], by statistics: IntensityStatistics
  ) -> [Float] {
    let lower = Float(statistics.lower)
    let upper = Float(max(statistics.lower, statistics.upper))
    let mean = Float(statistics.mean)
    let isFlat = statistics.deviation <= leastDeviation
    let scale = isFlat ? 0 : Float(1 / statistics.deviation)
    return voxels.map { (min(max($0, lower), upper) - mean) * scale }
  }

  /// Mean 0 and deviation 1 over the voxels that are `included`; the others become 0.
  private static func standardize(
    _ voxels: [Float], where included: (Float) -> Bool
  ) -> [Float] {
    var count = 0.0
    var sum = 0.0
    for voxel in voxels where included(voxel) {
      count += 1
      sum += Double(voxel)
    }
    let mean = sum / max(count, 1)
    var squares = 0.0
    for voxel in voxels where included(voxel) {
      squares += (Double(voxel) - mean) * (Double(voxel) - mean)
    }
    let deviation = (squares / max(count, 1)).squareRoot()
    // A deviation that is only rounding error would blow noise up to full contrast.
    let isFlat = deviation <= max(leastDeviation, abs(mean) * 1e-7)
    let scale = isFlat ? 0 : 1 / deviation
    return voxels.map { included($0) ? Float((Double($0) - mean) * scale) : 0 }
  }

  private static func unitRange(_ voxels: [Float]) -> [Float] {
    let inside = voxels.filter { $0 != 0 }
    guard let first = inside.min() else { return voxels }
    // What `IntensityStatistics.percentile` does, without sorting a whole volume for it.
    let rank = 0.995 * Double(inside.count - 1)
    let (below, ranks) = (Int(rank), RankSelection(of: inside))
    let low = Double(ranks.value(ofRank: below))
    let high = Double(ranks.value(ofRank: min(below + 1, inside.count - 1)))
    let upper = Float(low + (rank - Double(below)) * (high - low))
    let range = upper - first
    guard range > 0 else { return voxels.map { $0 == 0 ? 0 : 1 } }
    return voxels.map { $0 == 0 ? 0 : min(max(($0 - first) / range, 0), 1) }
  }
}
