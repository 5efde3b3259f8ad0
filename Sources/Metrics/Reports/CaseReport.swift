public import Imaging

/// One case's prediction held against its reference, region by region.
public struct CaseReport: Equatable, Sendable {
  /// The case's name.
  public let name: String

  /// Where the prediction was read from.
  public let predictionPath: String

  /// Where the reference was read from.
  public let referencePath: String

  /// The number of voxels of the grid.
  public let voxels: Int

  /// The diagonal of the image, in millimetres.
  private let diagonal: Double

  /// What was measured of every region.
  public let regions: [Region: RegionReport]

  /// Compares two masks that lie on one grid.
  ///
  /// Corners may differ by a tenth of the smallest voxel edge: headers store directions in single
  /// precision, and no shift that matters is smaller.
  ///
  /// - Parameters:
  ///   - regions: What to compare; `nil`: every value above 0 that one of the masks has.
  ///   - options: What to measure.
  /// - Throws: ``MetricsError/gridMismatch(prediction:reference:predicted:expected:)``.
  public init(
    comparing prediction: LabelMap, at predictionPath: String, with reference: LabelMap,
    at referencePath: String, name: String, regions: [Region]?,
    options: MeasurementOptions = MeasurementOptions()
  ) throws(MetricsError) {
    let tolerance = reference.geometry.spacing.min() / 10
    guard prediction.geometry.size == reference.geometry.size,
      prediction.geometry.greatestCornerDistance(to: reference.geometry) <= tolerance
    else {
      throw .gridMismatch(
        prediction: predictionPath, reference: referencePath,
        predicted: prediction.geometry, expected: reference.geometry)
    }
    let pairs = LabelPairs(prediction: prediction, reference: reference)
    let regions = regions ?? pairs.labels.map { Region(unnamed: $0) }
    let reports = regions.map { region in
      RegionReport(
        of: region, prediction: prediction, reference: reference, pairs: pairs, options: options)
    }
    self.init(
      name: name, predictionPath: predictionPath, referencePath: referencePath,
      voxels: pairs.voxels, diagonal: reference.geometry.diagonal,
      regions: Dictionary(zip(regions, reports)) { first, _ in first })
  }

  private init(
    name: String, predictionPath: String, referencePath: String, voxels: Int, diagonal: Double,
    regions: [Region: RegionReport]
  ) {
    self.name = name
    self.predictionPath = predictionPath
    self.referencePath = referencePath
    self.voxels = voxels
    self.diagonal = diagonal
    self.regions = regions
  }

  /// The report with exactly these regions; one that was not compared is empty in both masks.
  public func counting(_ wanted: [Region]) -> CaseReport {
    let hasLesions = regions.values.contains { $0.lesions != nil }
    let absent = RegionReport(absentFrom: voxels, diagonal: diagonal, hasLesions: hasLesions)
    let reports = wanted.map { ($0, regions[$0] ?? absent) }
    return CaseReport(
      name: name, predictionPath: predictionPath, referencePath: referencePath, voxels: voxels,
      diagonal: diagonal, regions: Dictionary(reports) { first, _ in first })
  }

  /// The number of one region that counts, or `nil` when there is none.
  public func value(
    of metric: Metric, for region: Region, emptyMasks convention: EmptyMaskConvention
  ) -> Double? {
    regions[region]?.value(of: metric, emptyMasks: convention)
  }
}

extension Region {
  /// A label whose name nobody has told.
  init(unnamed value: Int) {
    self.init(name: "label \(value)", values: [value])
  }
}
