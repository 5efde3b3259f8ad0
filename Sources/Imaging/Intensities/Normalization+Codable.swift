/// In a plan: `{"method": "standardizeNonZero"}`, and for CT
/// `{"method": "clipAndStandardize", "foreground": {…}}`.
extension Normalization: Codable {
  private enum Key: String, CodingKey {
    case method
    case foreground
  }

  private enum Method: String, Codable {
    case clipAndStandardize
    case standardizeNonZero
    case standardize
    case unitRange
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    switch try values.decode(Method.self, forKey: .method) {
    case .clipAndStandardize:
      self = .clipAndStandardize(
        try values.decode(IntensityStatistics.self, forKey: .foreground))
    case .standardizeNonZero: self = .standardizeNonZero
    case .standardize: self = .standardize
    case .unitRange: self = .unitRange
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    switch self {
    case .clipAndStandardize(let foreground):
      try values.encode(Method.clipAndStandardize, forKey: .method)
      try values.encode(foreground, forKey: .foreground)
    case .standardizeNonZero: try values.encode(Method.standardizeNonZero, forKey: .method)
    case .standardize: try values.encode(Method.standardize, forKey: .method)
    case .unitRange: try values.encode(Method.unitRange, forKey: .method)
    }
  }
}
