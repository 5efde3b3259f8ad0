/// How a node of a fusion cell joins the features that its edges bring.
public enum Combination: String, Codable, CaseIterable, Hashable, Sendable {
  /// Puts the channels side by side and projects them back with a 1×1×1 convolution block.
  case concatenate

  /// Adds the features.
  case sum

  /// Adds the features with weights that every voxel chooses for itself and that add up to one.
  case gated
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
    }
  }
}
