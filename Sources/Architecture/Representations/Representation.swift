/// What becomes of the modalities' feature spaces at one level.
public enum Representation: Hashable, Sendable {
  /// All modalities are mapped into one shared feature space.
  case joint

  /// Each modality keeps a space of its own; a term of the loss ties them together, and what is read
  /// is the mean over the modalities that are present.
  case coordinated(Coordination)

  /// The name that files call it by.
  public var name: String {
    switch self {
    case .joint: Kind.joint.rawValue
    case .coordinated: Kind.coordinated.rawValue
    }
  }

  /// The name, and what a coordinated one is tied by: `coordinated, cosine 0.1`.
  public var title: String {
    switch self {
    case .joint: name
    case .coordinated(let coordination): "\(name), \(coordination.title)"
    }
  }

  /// The representations by name, without what is chosen for them.
  public enum Kind: String, Codable, CaseIterable, Hashable, Sendable {
    case joint, coordinated

    public init(from decoder: any Decoder) throws {
      self = try decoder.decodeName(of: "representation")
    }
  }
}
