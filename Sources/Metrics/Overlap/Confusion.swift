public import Imaging

/// How often prediction and reference agree about one label, counted in voxels.
public struct Confusion: Hashable, Sendable {
  /// Voxels that both call the label.
  public let truePositive: Int

  /// Voxels that only the prediction calls the label.
  public let falsePositive: Int

  /// Voxels that only the reference calls the label.
  public let falseNegative: Int

  /// Voxels that neither calls the label.
  public let trueNegative: Int

  public init(truePositive: Int, falsePositive: Int, falseNegative: Int, trueNegative: Int) {
    self.truePositive = truePositive
    self.falsePositive = falsePositive
    self.falseNegative = falseNegative
    self.trueNegative = trueNegative
  }

  /// The size of the predicted mask in voxels.
  public var predicted: Int { truePositive + falsePositive }

  /// The size of the reference mask in voxels.
  public var referenced: Int { truePositive + falseNegative }

  /// Which of two masks are empty.
  public enum Emptiness: Sendable {
    case neither, both

    /// Only the reference has the structure.
    case missed

    /// Only the prediction has it.
    case spurious
  }

  public var emptiness: Emptiness {
    switch (predicted, referenced) {
    case (0, 0): .both
    case (0, _): .missed
    case (_, 0): .spurious
    default: .neither
    }
  }

  /// `2 · |prediction ∩ reference| / (|prediction| + |reference|)`, in `0...1`; `nil` when both
  /// masks are empty, where the ratio is 0/0: an ``EmptyMaskConvention`` decides what that means.
  ///
  /// Source: L. R. Dice, "Measures of the Amount of Ecologic Association Between Species", Ecology
  /// 26(3), 1945.
  public var dice: Double? {
    let total = predicted + referenced
    return total == 0 ? nil : 2 * Double(truePositive) / Double(total)
  }

  /// `|prediction ∩ reference| / |prediction ∪ reference|`, in `0...1`; `nil` when both masks are
  /// empty.
  ///
  /// Source: P. Jaccard, "The Distribution of the Flora in the Alpine Zone", New Phytologist 11(2),
  /// 1912.
  public var iou: Double? {
    let union = truePositive + falsePositive + falseNegative
    return union == 0 ? nil : Double(truePositive) / Double(union)
  }

  /// The part of the reference that was found, in `0...1`; `nil` when the reference is empty.
  public var sensitivity: Double? { ratio(truePositive, of: referenced) }

  /// The part of the reference's outside that was left alone, in `0...1`; `nil` when the reference
  /// fills the grid. It grows with the grid's margin, which says nothing about the mask.
  public var specificity: Double? { ratio(trueNegative, of: trueNegative + falsePositive) }

  /// The part of the prediction that is right, in `0...1`; `nil` when the prediction is empty.
  public var precision: Double? { ratio(truePositive, of: predicted) }

  /// How alike the two volumes are, wherever they lie: 1 when equal, 0 when one mask is empty; `nil`
  /// when both are.
  ///
  /// Source: A. Taha, A. Hanbury, "Metrics for evaluating 3D medical image segmentation", BMC Medical
  /// Imaging 15, 2015.
  public var volumeSimilarity: Double? {
    ratio(predicted + referenced - abs(predicted - referenced), of: predicted + referenced)
  }

  private func ratio(_ part: Int, of whole: Int) -> Double? {
    whole == 0 ? nil : Double(part) / Double(whole)
  }
}

extension Confusion {
  /// Counts one label.
  ///
  /// - Precondition: Both maps have the same size; whether they lie on the same grid is checked by
  ///   ``CaseReport``.
  /// - Complexity: O(*n*) in the number of voxels.
  public static func of(
    prediction: LabelMap, reference: LabelMap, label: UInt16
  ) -> Confusion {
    of(prediction: prediction, reference: reference, labels: [label])[0]
  }

  /// Counts several labels in one pass over the voxels, in the order of `labels`.
  ///
  /// - Precondition: Both maps have the same size.
  /// - Complexity: O(*n*) in the number of voxels, whatever the number of labels.
  public static func of(
    prediction: LabelMap, reference: LabelMap, labels: [UInt16]
  ) -> [Confusion] {
    let pairs = LabelPairs(prediction: prediction, reference: reference)
    return labels.map { pairs.confusion(of: [Int($0)]) }
  }
}
