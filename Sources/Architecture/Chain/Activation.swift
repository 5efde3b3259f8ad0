/// The function behind a convolution and its normalisation.
public enum Activation: String, Codable, CaseIterable, Hashable, Sendable {
  case relu
  case leakyRelu
  case silu
  case gelu
}

extension Activation {
  public init(from decoder: any Decoder) throws {
    self = try decoder.decodeName(of: "activation")
  }
}
