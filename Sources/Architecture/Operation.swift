/// What an edge of a fusion cell does to the features it carries.
public enum Operation: String, Codable, CaseIterable, Hashable, Sendable {
  /// Passes the features on as they are.
  case skip

  /// A 1×1×1 convolution block: mixes the channels of each voxel.
  case convolution1

  /// A 3×3×3 convolution block: mixes the channels of a neighbourhood.
  case convolution3
}

extension Operation {
  public init(from decoder: any Decoder) throws {
    self = try decoder.decodeName(of: "operation")
  }

  /// The name in one-line descriptions.
  public var title: String {
    switch self {
    case .skip: "skip"
    case .convolution1: "conv1"
    case .convolution3: "conv3"
    }
  }

  /// The edge of the convolution's kernel in voxels; `nil` for an operation without one.
  public var kernelEdge: Int? {
    switch self {
    case .skip: nil
    case .convolution1: 1
    case .convolution3: 3
    }
  }
}
