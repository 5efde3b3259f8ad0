/// How a layer joins what it reads.
public enum Merge: String, Codable, CaseIterable, Hashable, Sendable {
  /// Adds the features; those with fewer channels than the widest first go through a 1×1×1
  /// convolution.
  case sum

  /// Puts the channels side by side.
  case concatenate
}

extension Merge {
  public init(from decoder: any Decoder) throws {
    self = try decoder.decodeName(of: "merge")
  }
}

/// A convolution block that may read any layer before it.
public struct BranchedLayer: Hashable, Sendable {
  /// The numbers of the states that are read, rising: 0 is the network's input, *n* its layer *n*.
  public let sources: [Int]

  /// How they are joined; with a single source always ``Merge/sum``, so that equal layers are equal.
  public let merge: Merge

  /// The edge of the convolution's kernel in voxels; odd.
  public let kernel: Int

  /// The channels of the features.
  public let channels: Int

  public init(sources: [Int], merge: Merge = .sum, kernel: Int, channels: Int) {
    self.sources = sources
    self.merge = sources.count == 1 ? .sum : merge
    self.kernel = kernel
    self.channels = channels
  }
}

/// A network of convolution blocks with skips written down: the last layer is the output, and every
/// other one is read by a later one.
///
/// All layers have the resolution of the input.
public struct BranchedGenotype: Hashable, Sendable {
  /// More layers than this are refused: their canonical form would take too long.
  public static let maximumLayers = 7

  public let layers: [BranchedLayer]

  /// - Throws: ``ArchitectureError/badBranches(_:)`` naming the first layer, from 1, that reads nothing,
  ///   the same twice, itself or a later one, that is read by nobody, or that has no channels or an even
  ///   kernel; and when there are too few or too many layers.
  public init(layers: [BranchedLayer]) throws(ArchitectureError) {
    guard (1...Self.maximumLayers).contains(layers.count) else {
      throw .badBranches("it has \(layers.count) layers, expected 1 to \(Self.maximumLayers)")
    }
    for (index, layer) in layers.enumerated() {
      let sources = layer.sources
      guard !sources.isEmpty, sources == Set(sources).sorted(),
        sources.allSatisfy((0...index).contains)
      else {
        throw .badBranches(
          "layer \(index + 1) reads \(sources), expected different rising numbers from 0 to \(index)"
        )
      }
      guard (1...ChainGenotype.maximumKernel).contains(layer.kernel), layer.kernel % 2 == 1,
        (1...ChainGenotype.maximumChannels).contains(layer.channels)
      else {
        throw .badBranches(
          "layer \(index + 1) has a kernel of \(layer.kernel) and \(layer.channels) channels, "
            + "expected an odd kernel of at most \(ChainGenotype.maximumKernel) and 1 to "
            + "\(ChainGenotype.maximumChannels) channels")
      }
    }
    if let unread = Self.unread(in: layers) {
      throw .badBranches("layer \(unread) is read by no later layer")
    }
    self.layers = layers
  }

  /// A network that is valid by the way it was made.
  init(validLayers layers: [BranchedLayer]) {
    self.layers = layers
  }

  /// The first layer before the last, from 1, that nobody reads.
  static func unread(in layers: [BranchedLayer]) -> Int? {
    let read = Set(layers.flatMap(\.sources))
    return (1..<max(1, layers.count)).first { !read.contains($0) }
  }
}

extension BranchedGenotype: CustomStringConvertible {
  /// On one line, such as `1: 3³×16(0); 2: 1³×8 sum(0, 1)`.
  public var description: String {
    layers.enumerated().map { index, layer in "\(index + 1): \(layer.text { "\($0)" })" }
      .joined(separator: "; ")
  }
}

extension BranchedLayer {
  /// What the layer does, with names for the states that it reads.
  func text(name: (Int) -> String) -> String {
    let joined = sources.map(name).sorted().joined(separator: ", ")
    return "\(kernel)³×\(channels)" + (sources.count > 1 ? " \(merge.rawValue)" : "")
      + "(\(joined))"
  }
}

extension BranchedLayer: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable {
    case sources, merge, kernel, channels
  }

  /// Reads a layer; `merge` may be left out where there is a single source.
  public init(from decoder: any Decoder) throws {
    try decoder.refuseKeys(otherThan: CodingKeys.self, in: "a layer")
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    let sources = try fields.decode([Int].self, forKey: .sources)
    let merge =
      sources.count == 1
      ? try fields.decodeIfPresent(Merge.self, forKey: .merge) ?? .sum
      : try fields.decode(Merge.self, forKey: .merge)
    self.init(
      sources: sources, merge: merge, kernel: try fields.decode(Int.self, forKey: .kernel),
      channels: try fields.decode(Int.self, forKey: .channels))
  }
}

extension BranchedGenotype: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable {
    case layers
  }

  public init(from decoder: any Decoder) throws {
    try decoder.refuseKeys(otherThan: CodingKeys.self, in: "a branched network")
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(layers: fields.decode([BranchedLayer].self, forKey: .layers))
  }
}
