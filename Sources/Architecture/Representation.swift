/// What becomes of the modalities' feature spaces at one level.
public enum Representation: String, Codable, CaseIterable, Hashable, Sendable {
  /// All modalities are mapped into one shared feature space.
  case joint
}

extension Representation {
  public init(from decoder: any Decoder) throws {
    self = try decoder.decodeName(of: "representation")
  }
}
