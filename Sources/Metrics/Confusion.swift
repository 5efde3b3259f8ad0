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
}

extension Confusion {
  /// Counts one label.
  ///
  /// - Precondition: Both maps have the same number of voxels; whether they lie on the same grid is
  ///   checked by ``CaseReport/comparing(name:prediction:predictionPath:reference:referencePath:labels:)``.
  /// - Complexity: O(*n*) in the number of voxels.
  public static func of(
    prediction: LabelMap, reference: LabelMap, label: UInt16
  ) -> Confusion {
    of(prediction: prediction, reference: reference, labels: [label])[0]
  }

  /// Counts several labels in one pass over the voxels, in the order of `labels`.
  ///
  /// - Precondition: Both maps have the same number of voxels.
  /// - Complexity: O(*n*) in the number of voxels, whatever the number of labels.
  public static func of(
    prediction: LabelMap, reference: LabelMap, labels: [UInt16]
  ) -> [Confusion] {
    let counts = VoxelCounts(prediction: prediction, reference: reference)
    return labels.map { counts.confusion(of: Int($0)) }
  }

  /// Counts every label above 0 that one of the maps has, by its value, in one pass.
  ///
  /// - Precondition: Both maps have the same number of voxels.
  public static func ofEveryLabel(
    prediction: LabelMap, reference: LabelMap
  ) -> [Int: Confusion] {
    let counts = VoxelCounts(prediction: prediction, reference: reference)
    let present = (1..<counts.common.count).filter {
      counts.predicted[$0] + counts.referenced[$0] > 0
    }
    return Dictionary(uniqueKeysWithValues: present.map { ($0, counts.confusion(of: $0)) })
  }
}

/// How often each value occurs in two maps, and how often in both at the same voxel.
private struct VoxelCounts {
  let total: Int
  private(set) var predicted = [Int](repeating: 0, count: Int(UInt16.max) + 1)
  private(set) var referenced = [Int](repeating: 0, count: Int(UInt16.max) + 1)
  private(set) var common = [Int](repeating: 0, count: Int(UInt16.max) + 1)

  init(prediction: LabelMap, reference: LabelMap) {
    total = prediction.voxels.count
    precondition(
      total == reference.voxels.count,
      "the prediction has \(total) voxels, the reference \(reference.voxels.count)")
    for (found, expected) in zip(prediction.voxels, reference.voxels) {
      predicted[Int(found)] += 1
      referenced[Int(expected)] += 1
      if found == expected { common[Int(found)] += 1 }
    }
  }

  func confusion(of label: Int) -> Confusion {
    let both = common[label]
    let onlyPredicted = predicted[label] - both
    let onlyReferenced = referenced[label] - both
    return Confusion(
      truePositive: both, falsePositive: onlyPredicted, falseNegative: onlyReferenced,
      trueNegative: total - both - onlyPredicted - onlyReferenced)
  }
}
