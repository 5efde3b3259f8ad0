/// What is measured of every case and region.
public struct MeasurementOptions: Hashable, Sendable {
  /// What a surface is; `nil`: no surfaces are measured.
  public var surfaces: SurfaceConvention?

  /// The percentiles of the distances between the surfaces, each in `0...100`.
  public var percentiles: [Double]

  /// The tolerances of the surface Dice, in millimetres.
  public var tolerances: [Double]

  /// What counts as a lesion of its own; `nil`: lesions are not told apart.
  public var lesions: LesionOptions?

  public init(
    surfaces: SurfaceConvention? = .surfels, percentiles: [Double] = [95],
    tolerances: [Double] = [1], lesions: LesionOptions? = nil
  ) {
    self.surfaces = surfaces
    self.percentiles = percentiles
    self.tolerances = tolerances
    self.lesions = lesions
  }

  /// Every metric, in the order of tables.
  public var metrics: [Metric] {
    var metrics: [Metric] = [
      .dice, .iou, .sensitivity, .specificity, .precision, .volumeSimilarity, .volumeDifference,
    ]
    if surfaces != nil {
      metrics += [.hausdorff] + percentiles.map { .hausdorffPercentile($0) }
      metrics += [.averageSurfaceDistance, .meanAverageSurfaceDistance]
      metrics += tolerances.map { .surfaceDice($0) }
    }
    return metrics + (lesions == nil ? [] : [.lesionDice, .lesionF1])
  }

  /// The metrics that a table on a terminal has room for.
  public var mainMetrics: [Metric] {
    metrics.filter {
      switch $0 {
      case .dice, .hausdorffPercentile, .averageSurfaceDistance, .surfaceDice, .volumeDifference,
        .lesionDice, .lesionF1:
        true
      default: false
      }
    }
  }
}
