/// How the features behind a convolution are brought to a common scale.
public enum FeatureNormalization: String, Codable, CaseIterable, Hashable, Sendable {
  /// Per channel over one patch.
  case instance

  /// Per channel over the patches of a batch.
  case batch

  /// Per group of channels over one patch.
  case group

  case none
}

extension FeatureNormalization {
  public init(from decoder: any Decoder) throws {
    self = try decoder.decodeName(of: "normalization")
  }

  /// The weights of a layer: a scale and a shift per channel.
  func parameters(channels: Int) -> Int { self == .none ? 0 : 2 * channels }
}
