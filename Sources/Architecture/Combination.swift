/// How a node of a fusion cell joins the features that its edges bring.
public enum Combination: String, Codable, CaseIterable, Hashable, Sendable {
  /// Puts the channels side by side and projects them back with a 1×1×1 convolution block.
  case concatenate

  /// Adds the features.
  case sum

  /// Adds the features with weights that every voxel chooses for itself and that add up to one.
  case gated

  /// The mean of the features that are present.
  case mean

  /// The mean and the variance of the features that are present, side by side, projected back with a
  /// 1×1×1 convolution block: weights that do not depend on how many modalities there are.
  case meanVariance

  /// Adds to the mean what every voxel gathers by attention from all features of its window.
  case attention

  /// Multiplies linear maps of the features, several times over, and adds the products: every feature
  /// can act on every other.
  case bilinear
}

extension Combination {
  public init(from decoder: any Decoder) throws {
    self = try decoder.decodeName(of: "combination")
  }

  /// The name in one-line descriptions.
  public var title: String {
    switch self {
    case .concatenate: "concat"
    case .sum: "sum"
    case .gated: "gated"
    case .mean: "mean"
    case .meanVariance: "mean+var"
    case .attention: "attention"
    case .bilinear: "bilinear"
    }
  }

  /// The voxels of a window along each axis in which ``attention`` looks around.
  public static let attentionWindow = 4

  /// All of a window's voxels.
  static let attentionWindowVoxels = attentionWindow * attentionWindow * attentionWindow

  /// How many products ``bilinear`` adds.
  public static let bilinearRank = 4
}
