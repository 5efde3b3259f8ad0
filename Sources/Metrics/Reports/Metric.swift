import Foundation

/// One number that says how good a mask is.
public enum Metric: Hashable, Sendable {
  case dice
  case iou
  case sensitivity
  case specificity
  case precision
  case volumeSimilarity

  /// The volume of the prediction minus that of the reference, in millilitres.
  case volumeDifference

  /// The greatest distance between the surfaces.
  case hausdorff

  /// A percentile of the distances between the surfaces.
  case hausdorffPercentile(Double)

  /// The average distance over both surfaces together.
  case averageSurfaceDistance

  /// The mean of the two directions' average distances.
  case meanAverageSurfaceDistance

  /// The part of the surfaces within a tolerance in millimetres of each other.
  case surfaceDice(Double)

  case lesionDice
  case lesionF1

  /// What kind of number it is, which decides what an empty mask means.
  public enum Kind: Sendable {
    /// In `0...1`, where 1 is best.
    case score

    /// In millimetres, where 0 is best.
    case distance

    /// Of either sign, in millilitres.
    case volume
  }

  public var kind: Kind {
    switch self {
    case .dice, .iou, .sensitivity, .specificity, .precision, .volumeSimilarity, .surfaceDice,
      .lesionDice, .lesionF1:
      .score
    case .hausdorff, .hausdorffPercentile, .averageSurfaceDistance, .meanAverageSurfaceDistance:
      .distance
    case .volumeDifference:
      .volume
    }
  }

  /// The name in files; nnU-Net's where it has one.
  public var key: String {
    switch self {
    case .dice: "Dice"
    case .iou: "IoU"
    case .sensitivity: "Sensitivity"
    case .specificity: "Specificity"
    case .precision: "Precision"
    case .volumeSimilarity: "VolumeSimilarity"
    case .volumeDifference: "VolumeDifference_ml"
    case .hausdorff: "HD_mm"
    case .hausdorffPercentile(let percent): "HD\(Self.short(percent))_mm"
    case .averageSurfaceDistance: "ASSD_mm"
    case .meanAverageSurfaceDistance: "MASD_mm"
    case .surfaceDice(let tolerance): "NSD_\(Self.short(tolerance))mm"
    case .lesionDice: "LesionDice"
    case .lesionF1: "LesionF1"
    }
  }

  /// The name over a column.
  public var title: String {
    switch self {
    case .volumeSimilarity: "VS"
    case .volumeDifference: "ΔV ml"
    case .hausdorff: "HD mm"
    case .hausdorffPercentile(let percent): "HD\(Self.short(percent)) mm"
    case .averageSurfaceDistance: "ASSD mm"
    case .meanAverageSurfaceDistance: "MASD mm"
    case .surfaceDice(let tolerance): "NSD \(Self.short(tolerance)) mm"
    case .lesionDice: "lesion Dice"
    case .lesionF1: "lesion F1"
    default: key
    }
  }

  /// A number for a table: three digits of a score, two of a length or volume, or a dash.
  public func format(_ value: Double?) -> String {
    guard let value else { return "–" }
    let text = String(format: kind == .score ? "%.3f" : "%.2f", value)
    // Nothing is gained by the sign of what is rounded to 0.
    return text.hasPrefix("-") && Double(text) == 0 ? String(text.dropFirst()) : text
  }

  /// A number without a point when it needs none.
  private static func short(_ number: Double) -> String {
    Int(exactly: number).map(String.init) ?? "\(number)"
  }
}
