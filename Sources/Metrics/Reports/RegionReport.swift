import Imaging

/// What was measured of one region of one case.
public struct RegionReport: Equatable, Sendable {
  /// The voxels.
  public let confusion: Confusion

  /// The lesions, when they were asked for.
  public let lesions: LesionMatch?

  /// The diagonal of the image, in millimetres.
  let diagonal: Double

  /// Every metric that is defined.
  private let measured: [Metric: Double]

  /// Measures one region.
  ///
  /// - Precondition: Both maps have the same size; the spacing is the reference's.
  init(
    of region: Region, prediction: LabelMap, reference: LabelMap, pairs: LabelPairs,
    options: MeasurementOptions
  ) {
    let labels = Set(region.values)
    let confusion = pairs.confusion(of: labels)
    var measured = Self.overlaps(confusion, of: reference.geometry)
    let emptiness = confusion.emptiness
    if let convention = options.surfaces, emptiness == .neither,
      let surfaces = SurfaceDistances(
        of: labels, prediction: prediction, reference: reference, pairs: pairs,
        convention: convention)
    {
      measured.merge(Self.distances(surfaces, options)) { first, _ in first }
    } else if options.surfaces != nil, emptiness == .missed || emptiness == .spurious {
      for tolerance in options.tolerances { measured[.surfaceDice(tolerance)] = 0 }
    }
    lesions = options.lesions.map {
      LesionMatch(
        of: labels, prediction: prediction, reference: reference, pairs: pairs, options: $0)
    }
    measured[.lesionDice] = lesions?.dice
    measured[.lesionF1] = lesions?.f1
    self.confusion = confusion
    self.measured = measured
    diagonal = reference.geometry.diagonal
  }

  /// A region that neither mask has.
  init(absentFrom voxels: Int, diagonal: Double, hasLesions: Bool) {
    confusion = Confusion(
      truePositive: 0, falsePositive: 0, falseNegative: 0, trueNegative: voxels)
    measured = [.specificity: 1, .volumeDifference: 0]
    lesions = hasLesions ? LesionMatch() : nil
    self.diagonal = diagonal
  }

  private static func overlaps(
    _ confusion: Confusion, of geometry: Geometry
  ) -> [Metric: Double] {
    var measured: [Metric: Double] = [:]
    measured[.dice] = confusion.dice
    measured[.iou] = confusion.iou
    measured[.sensitivity] = confusion.sensitivity
    measured[.specificity] = confusion.specificity
    measured[.precision] = confusion.precision
    measured[.volumeSimilarity] = confusion.volumeSimilarity
    let voxel = geometry.spacing.x * geometry.spacing.y * geometry.spacing.z
    measured[.volumeDifference] =
      Double(confusion.predicted - confusion.referenced) * voxel / 1000
    return measured
  }

  private static func distances(
    _ surfaces: SurfaceDistances, _ options: MeasurementOptions
  ) -> [Metric: Double] {
    var measured: [Metric: Double] = [
      .hausdorff: surfaces.hausdorff, .averageSurfaceDistance: surfaces.average,
      .meanAverageSurfaceDistance: surfaces.meanOfAverages,
    ]
    for percent in options.percentiles {
      measured[.hausdorffPercentile(percent)] = surfaces.hausdorff(percentile: percent)
    }
    for tolerance in options.tolerances {
      measured[.surfaceDice(tolerance)] = surfaces.surfaceDice(withinMillimetres: tolerance)
    }
    return measured
  }

  /// The number that counts, or `nil` when the case is left out of the mean.
  public func value(of metric: Metric, emptyMasks convention: EmptyMaskConvention) -> Double? {
    if let value = measured[metric] { return value }
    return switch confusion.emptiness {
    case .neither: nil
    case .both: convention.whenBothEmpty(metric.kind)
    case .missed, .spurious: convention.whenOneEmpty(metric.kind, diagonal: diagonal)
    }
  }
}
