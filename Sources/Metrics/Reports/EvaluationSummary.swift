public import Imaging

/// What an evaluation found: every case, the means, and how often masks were empty.
public struct EvaluationSummary: Equatable, Sendable {
  /// A case that has no score, and why.
  public struct Failure: Codable, Equatable, Sendable {
    public let name: String
    public let reason: String

    public init(name: String, reason: String) {
      self.name = name
      self.reason = reason
    }
  }

  /// What was compared: labels, background not among them, and unions of labels.
  public let regions: [Region]

  /// What was measured.
  public let options: MeasurementOptions

  /// What a case counts in which masks are empty.
  public let convention: EmptyMaskConvention

  /// How the intervals of the means are found.
  public let bootstrap: Bootstrap

  /// The compared cases.
  public let cases: [CaseReport]

  /// The cases that could not be compared.
  public let failures: [Failure]

  /// Of which modalities the masks were made, by the case's name; empty where nobody has kept it.
  public var modalities: [String: [String]] = [:]

  /// - Parameter regions: What to report; of several with the same labels the first is kept, and
  ///   `nil` stands for every label that a case has.
  public init(
    regions: [Region]?, options: MeasurementOptions = MeasurementOptions(),
    convention: EmptyMaskConvention, bootstrap: Bootstrap = Bootstrap(), cases: [CaseReport],
    failures: [Failure] = []
  ) {
    let found = Set(cases.flatMap(\.regions.keys)).sorted {
      $0.values.lexicographicallyPrecedes($1.values)
    }
    var seen: Set<[Int]> = []
    let regions = (regions ?? found).filter { seen.insert($0.values).inserted }
    self.regions = regions
    self.options = options
    self.convention = convention
    self.bootstrap = bootstrap
    self.cases = cases.map { $0.counting(regions) }
    self.failures = failures
  }

  /// The regions that the overall mean is over: the labels, or the unions when there are no others.
  public var foreground: [Region] {
    let labels = regions.filter { $0.values.count == 1 }
    return labels.isEmpty ? regions : labels
  }

  /// The number of every case that counts, in the order of the cases.
  public func values(of metric: Metric, for region: Region) -> [Double] {
    cases.compactMap { $0.value(of: metric, for: region, emptyMasks: convention) }
  }

  /// The mean of one region over the cases that have a number, or `nil` when none has.
  public func mean(of metric: Metric, for region: Region) -> Double? {
    Metrics.mean(of: values(of: metric, for: region))
  }

  /// The mean over ``foreground`` of ``mean(of:for:)``.
  ///
  /// A region that no case has is left out, so that it cannot spoil the mean of the others.
  public func foregroundMean(of metric: Metric) -> Double? {
    Metrics.mean(of: foreground.compactMap { mean(of: metric, for: $0) })
  }

  /// The mean over ``foreground`` in one case, or `nil` when no region has a number.
  public func foregroundMean(of metric: Metric, in report: CaseReport) -> Double? {
    Metrics.mean(
      of: foreground.compactMap { report.value(of: metric, for: $0, emptyMasks: convention) })
  }

  /// Mean, median, spread and interval over the cases that have a number.
  public func statistics(of metric: Metric, for region: Region) -> SampleStatistics? {
    SampleStatistics(values(of: metric, for: region), bootstrap: bootstrap)
  }

  /// How often the masks of `region` were empty.
  public func emptyMasks(of region: Region) -> EmptyMaskCounts {
    EmptyMaskCounts(cases.compactMap { $0.regions[region]?.confusion })
  }
}
