public import Imaging

/// One case's prediction held against its reference, label by label.
public struct CaseReport: Equatable, Sendable {
  /// The case's name.
  public let name: String

  /// Where the prediction was read from.
  public let predictionPath: String

  /// Where the reference was read from.
  public let referencePath: String

  /// The number of voxels of the grid.
  public let voxels: Int

  /// The counts of every label, by the label's value.
  public let confusions: [Int: Confusion]

  public init(
    name: String, predictionPath: String, referencePath: String, voxels: Int,
    confusions: [Int: Confusion]
  ) {
    self.name = name
    self.predictionPath = predictionPath
    self.referencePath = referencePath
    self.voxels = voxels
    self.confusions = confusions
  }

  /// Compares two masks that lie on one grid.
  ///
  /// Corners may differ by a tenth of the smallest voxel edge: headers store directions in single
  /// precision, and no shift that matters is smaller.
  ///
  /// - Parameter labels: What to count; `nil`: every value above 0 that one of the masks has.
  /// - Throws: ``MetricsError/gridMismatch(prediction:reference:predicted:expected:)``.
  public static func comparing(
    name: String, prediction: LabelMap, predictionPath: String,
    reference: LabelMap, referencePath: String, labels: [Label]?
  ) throws(MetricsError) -> CaseReport {
    let tolerance = reference.geometry.spacing.min() / 10
    guard prediction.geometry.size == reference.geometry.size,
      prediction.geometry.greatestCornerDistance(to: reference.geometry) <= tolerance
    else {
      throw .gridMismatch(
        prediction: predictionPath, reference: referencePath,
        predicted: prediction.geometry, expected: reference.geometry)
    }
    let report = CaseReport(
      name: name, predictionPath: predictionPath, referencePath: referencePath,
      voxels: reference.voxels.count,
      confusions: Confusion.ofEveryLabel(prediction: prediction, reference: reference))
    return labels.map(report.counting) ?? report
  }

  /// The report with exactly these labels; one that no voxel has is empty in both masks.
  public func counting(_ labels: [Label]) -> CaseReport {
    let absent = Confusion(
      truePositive: 0, falsePositive: 0, falseNegative: 0, trueNegative: voxels)
    let counts = labels.map { ($0.value, confusions[$0.value] ?? absent) }
    return CaseReport(
      name: name, predictionPath: predictionPath, referencePath: referencePath, voxels: voxels,
      confusions: Dictionary(counts) { first, _ in first })
  }

  /// The mean Dice over the labels that have a score, or `nil` when none has.
  public func foregroundDice(emptyMasks convention: EmptyMaskConvention) -> Double? {
    let scores = confusions.keys.sorted().compactMap { convention(confusions[$0]?.dice) }
    return mean(of: scores)
  }
}

/// The mean of the numbers, or `nil` when there is none.
func mean(of numbers: [Double]) -> Double? {
  numbers.isEmpty ? nil : numbers.reduce(0, +) / Double(numbers.count)
}
