public import Imaging

/// How far the surfaces of two masks lie apart, both ways.
public struct SurfaceDistances: Sendable {
  /// What the surface is, and how distances are summed up.
  public let convention: SurfaceConvention

  /// From the reference's surface to the prediction's.
  private let fromReference: DistanceSample

  /// From the prediction's surface to the reference's.
  private let fromPrediction: DistanceSample

  /// Measures between the unions of some labels; `nil` when one of the two has no surface.
  ///
  /// Only the box that holds both masks is looked at. That is exact: distances are taken at the
  /// surface of one mask to the surface of the other, and both lie in the box.
  ///
  /// - Precondition: Both maps have the same size; the grid is the reference's.
  /// - Complexity: O(*n*) in the voxels of the box, which take seven bytes each for the time being.
  public init?(
    of labels: Set<Int>, prediction: LabelMap, reference: LabelMap,
    pairs: LabelPairs, convention: SurfaceConvention
  ) {
    guard let box = pairs.box(of: labels) else { return nil }
    let spacing = reference.geometry.spacing
    let predicted = SurfaceMap(of: labels, in: prediction, box: box, convention: convention)
    let expected = SurfaceMap(of: labels, in: reference, box: box, convention: convention)
    let areas = convention == .surfels ? MarchingCubes.areas(spacing: spacing) : nil
    guard
      let fromPrediction = Self.sample(from: predicted, to: expected, spacing, areas: areas),
      let fromReference = Self.sample(from: expected, to: predicted, spacing, areas: areas)
    else { return nil }
    self.convention = convention
    self.fromPrediction = fromPrediction
    self.fromReference = fromReference
  }

  private static func sample(
    from surface: SurfaceMap, to other: SurfaceMap, _ spacing: SIMD3<Double>,
    areas: [Double]?
  ) -> DistanceSample? {
    let points = SurfacePoints(surface) { areas != nil || $0 == 1 }
    guard !points.heights.isEmpty else { return nil }
    let sites = NearestSites(of: other, spacing: spacing)
    guard !sites.planes.isEmpty else { return nil }
    return DistanceSample(
      distances: DistanceMeasurement.distances(from: points, to: sites, spacing: spacing),
      weights: areas.map { areas in points.markers.map { areas[Int($0)] } })
  }

  /// The greatest distance from a point of either surface to the other, in millimetres.
  ///
  /// Source: F. Hausdorff, "Grundzüge der Mengenlehre", 1914.
  public var hausdorff: Double { max(fromReference.maximum, fromPrediction.maximum) }

  /// A percentile of the distances instead of the greatest, in millimetres.
  ///
  /// - Parameter percent: In `0...100`; 95 gives HD95.
  public func hausdorff(percentile percent: Double) -> Double {
    switch convention {
    case .surfels, .voxels:
      max(fromReference.percentile(percent), fromPrediction.percentile(percent))
    case .contours:
      fromReference.joined(with: fromPrediction).percentile(percent)
    }
  }

  /// The mean distance over both surfaces together, in millimetres (ASSD).
  ///
  /// Source: T. Heimann et al., "Comparison and Evaluation of Methods for Liver Segmentation From CT
  /// Datasets", IEEE TMI 28(8), 2009.
  public var average: Double {
    (fromReference.weightedSum + fromPrediction.weightedSum)
      / (fromReference.total + fromPrediction.total)
  }

  /// The mean of the two directions' mean distances, in millimetres (MASD).
  ///
  /// Source: L. Maier-Hein et al., "Metrics reloaded", Nature Methods 21, 2024.
  public var meanOfAverages: Double { (averageFromReference + averageFromPrediction) / 2 }

  /// The mean distance from the reference's surface to the prediction's, in millimetres.
  public var averageFromReference: Double { fromReference.mean }

  /// The mean distance from the prediction's surface to the reference's, in millimetres.
  public var averageFromPrediction: Double { fromPrediction.mean }

  /// The part of both surfaces that is no further than this from the other one, in `0...1` (NSD, or
  /// surface Dice).
  ///
  /// Distances and tolerance are compared exactly: beware of a tolerance that is a multiple of a
  /// spacing which a file holds in single precision.
  ///
  /// Source: S. Nikolov et al., 2018.
  public func surfaceDice(withinMillimetres tolerance: Double) -> Double {
    (fromReference.weight(withinMillimetres: tolerance)
      + fromPrediction.weight(withinMillimetres: tolerance))
      / (fromReference.total + fromPrediction.total)
  }
}
