import Imaging

/// What nnU-Net's layout of a summary has no room for: the key `chiasm`.
struct EvaluationExtras: Encodable {
  /// A sample in short.
  struct Statistics: Encodable {
    let n: Int
    let mean: Double
    let median: Double
    let sd: Double?
    let interval: [Double]?

    init(_ statistics: SampleStatistics) {
      n = statistics.count
      mean = statistics.mean
      median = statistics.median
      sd = statistics.standardDeviation
      interval = statistics.interval.map { [$0.lowerBound, $0.upperBound] }
    }

    enum CodingKeys: String, CodingKey {
      case n, mean, median, sd
      case interval = "ci95"
    }
  }

  /// Two folders of predictions, one metric of one region.
  struct Comparison: Encodable {
    let first: Statistics
    let second: Statistics
    let difference: Statistics
    let firstIsHigher: Int
    let secondIsHigher: Int
    let wilcoxonP: Double?

    init(_ comparison: PairedComparison) {
      first = Statistics(comparison.first)
      second = Statistics(comparison.second)
      difference = Statistics(comparison.difference)
      firstIsHigher = comparison.firstIsHigher
      secondIsHigher = comparison.secondIsHigher
      wilcoxonP = comparison.test?.pValue
    }

    enum CodingKeys: String, CodingKey {
      case first, second, difference
      case firstIsHigher = "n_first_higher"
      case secondIsHigher = "n_second_higher"
      case wilcoxonP = "wilcoxon_p"
    }
  }

  /// How the numbers were measured.
  struct Measurement: Encodable {
    let surfaces: String?
    let lesionConnectivity: String?
    let lesionMinimum: Double?
    let bootstrapResamples: Int
    let bootstrapSeed: UInt64

    enum CodingKeys: String, CodingKey {
      case surfaces
      case lesionConnectivity = "lesion_connectivity"
      case lesionMinimum = "lesion_minimum_mm3"
      case bootstrapResamples = "bootstrap_resamples"
      case bootstrapSeed = "bootstrap_seed"
    }
  }

  let emptyMasks: String
  let counts: [String: [String: Int]]
  let failedCases: [EvaluationSummary.Failure]
  let caseNames: [String]
  let modalities: [String: [String]]?
  let regionNames: [String: String]
  let measurement: Measurement
  let statistics: [String: [String: Statistics]]
  let comparedTitles: [String]?
  let comparison: [String: [String: Comparison]]?

  enum CodingKeys: String, CodingKey {
    case emptyMasks = "empty_masks"
    case counts
    case failedCases = "failed_cases"
    case caseNames = "case_names"
    case modalities
    case regionNames = "labels"
    case measurement, statistics
    case comparedTitles = "compared"
    case comparison
  }

  init(_ summary: EvaluationSummary, comparison: EvaluationComparison?) {
    emptyMasks = summary.convention.rawValue
    failedCases = summary.failures
    caseNames = summary.cases.map(\.name)
    modalities = summary.modalities.isEmpty ? nil : summary.modalities
    regionNames = Dictionary(uniqueKeysWithValues: summary.regions.map { ($0.key, $0.name) })
    counts = Dictionary(
      uniqueKeysWithValues: summary.regions.map { region in
        let empty = summary.emptyMasks(of: region)
        return (
          region.key,
          [
            "n_cases": empty.cases, "n_both_empty": empty.bothEmpty, "n_missed": empty.missed,
            "n_spurious": empty.spurious, "n_ref_empty": empty.emptyReferences,
            "n_pred_empty": empty.emptyPredictions,
          ]
        )
      })
    let lesions = summary.options.lesions
    measurement = Measurement(
      surfaces: summary.options.surfaces?.rawValue,
      lesionConnectivity: lesions?.connectivity.rawValue, lesionMinimum: lesions?.minimumVolume,
      bootstrapResamples: summary.bootstrap.resamples, bootstrapSeed: summary.bootstrap.seed)
    statistics = Dictionary(
      uniqueKeysWithValues: summary.regions.map { region in
        let rows = summary.options.metrics.compactMap { metric in
          summary.statistics(of: metric, for: region).map { (metric.key, Statistics($0)) }
        }
        return (region.key, Dictionary(rows) { first, _ in first })
      })
    comparedTitles = comparison?.titles
    self.comparison = comparison.map { comparison in
      Dictionary(grouping: comparison.rows, by: \.region.key).mapValues { rows in
        Dictionary(rows.map { ($0.metric.key, Comparison($0.comparison)) }) { first, _ in first }
      }
    }
  }
}
