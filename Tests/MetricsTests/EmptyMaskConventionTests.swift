import Imaging
import Metrics
import Testing

struct EmptyMaskConventionTests {
  private static let scores: [Metric] = [
    .dice, .iou, .volumeSimilarity, .surfaceDice(1), .lesionF1,
  ]
  private static let distances: [Metric] = [
    .hausdorff, .hausdorffPercentile(95), .averageSurfaceDistance,
  ]

  /// What a case counts, or `nil`.
  private func value(
    _ metric: Metric, _ prediction: [UInt16], _ reference: [UInt16],
    _ convention: EmptyMaskConvention
  ) throws -> Double? {
    let region = Region(name: "tumour", values: [1])
    let report = try CaseReport(
      comparing: row(prediction), at: "", with: row(reference), at: "", name: "a",
      regions: [region], options: MeasurementOptions(lesions: LesionOptions()))
    return report.value(of: metric, for: region, emptyMasks: convention)
  }

  @Test(arguments: zip(EmptyMaskConvention.allCases, [nil, 1, 0, 1] as [Double?]))
  func decidesScoresOfTwoEmptyMasks(convention: EmptyMaskConvention, score: Double?) throws {
    for metric in Self.scores { #expect(try value(metric, [0, 0], [0, 0], convention) == score) }
  }

  @Test(arguments: zip(EmptyMaskConvention.allCases, [nil, 0, nil, 0] as [Double?]))
  func decidesDistancesOfTwoEmptyMasks(convention: EmptyMaskConvention, found: Double?) throws {
    for metric in Self.distances {
      #expect(try value(metric, [0, 0], [0, 0], convention) == found)
    }
  }

  /// The diagonal of two voxels of 1 mm in a row is √(2² + 1² + 1²).
  @Test(arguments: zip(EmptyMaskConvention.allCases, [nil, nil, nil, 6.0.squareRoot()]))
  func decidesTheDistanceToNothing(convention: EmptyMaskConvention, distance: Double?) throws {
    for metric in Self.distances {
      #expect(try value(metric, [0, 1], [0, 0], convention) == distance)
      #expect(try value(metric, [0, 0], [0, 1], convention) == distance)
    }
  }

  @Test(arguments: EmptyMaskConvention.allCases)
  func aMissAndASpuriousMaskScoreZero(convention: EmptyMaskConvention) throws {
    for metric in Self.scores {
      #expect(try value(metric, [0, 1], [0, 0], convention) == 0)
      #expect(try value(metric, [0, 0], [0, 1], convention) == 0)
    }
    #expect(try value(.sensitivity, [0, 1], [0, 0], convention) == nil)
    #expect(try value(.precision, [0, 0], [0, 1], convention) == nil)
  }

  @Test(arguments: EmptyMaskConvention.allCases)
  func decidesOnlyWhatIsNotDefined(convention: EmptyMaskConvention) throws {
    #expect(try value(.dice, [1, 1], [0, 1], convention) == 2.0 / 3)
    #expect(try value(.volumeDifference, [1, 1], [0, 0], convention) == 0.002)
    #expect(try value(.specificity, [0, 0], [0, 0], convention) == 1)
  }

  /// The number that BraTS gives a missed structure.
  @Test func theDiagonalIsThatOfTheImage() throws {
    let grid = Geometry(size: [240, 240, 155], spacing: .one)
    let empty = LabelMap(geometry: grid, filledWith: 0)
    var full = empty
    full[3, 3, 3] = 1
    let region = Region(name: "tumour", values: [1])
    let report = try CaseReport(
      comparing: empty, at: "", with: full, at: "", name: "a", regions: [region])
    let distance = try #require(
      report.value(of: .hausdorffPercentile(95), for: region, emptyMasks: .penalty))
    #expect(abs(distance - 373.12866) < 1e-5)
  }
}
