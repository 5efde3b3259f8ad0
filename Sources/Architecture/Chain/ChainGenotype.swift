/// Some equal convolution blocks of a chain, at one resolution.
public struct ChainStage: Hashable, Sendable {
  /// The number of convolution blocks.
  public let blocks: Int

  /// The edge of the convolutions' kernels in voxels; odd.
  public let kernel: Int

  /// The channels of the features.
  public let channels: Int

  public init(blocks: Int, kernel: Int, channels: Int) {
    self.blocks = blocks
    self.kernel = kernel
    self.channels = channels
  }
}

/// An encoder and a decoder written down stage by stage: a U-Net whose every stage is free.
///
/// Every encoder stage after the first begins by halving the grid. Decoder stage *n* doubles the grid,
/// puts the features of the encoder stage at that resolution beside its own, and runs its blocks. With
/// fewer decoder stages than there are halvings the result is enlarged to full resolution at the end.
public struct ChainGenotype: Hashable, Sendable {
  /// More stages than this are refused as a mistake.
  public static let maximumStages = 8

  /// And so are more blocks of a stage, a longer edge of a kernel, and more channels.
  public static let maximumBlocks = 16
  public static let maximumKernel = 15
  public static let maximumChannels = 4096

  /// Finest first; two or more.
  public let encoder: [ChainStage]

  /// Coarsest first; one or more, fewer than those of the encoder.
  public let decoder: [ChainStage]

  public let normalization: FeatureNormalization
  public let activation: Activation

  /// - Throws: ``ArchitectureError/badChain(_:)`` when there are too few or too many stages, or one
  ///   has no block, an even kernel or no channel.
  public init(
    encoder: [ChainStage], decoder: [ChainStage], normalization: FeatureNormalization,
    activation: Activation
  ) throws(ArchitectureError) {
    guard (2...Self.maximumStages).contains(encoder.count) else {
      throw .badChain(
        "it has \(encoder.count) encoder stages, expected 2 to \(Self.maximumStages)")
    }
    guard (1..<encoder.count).contains(decoder.count) else {
      throw .badChain(
        "it has \(decoder.count) decoder stages, expected 1 to \(encoder.count - 1) for "
          + "\(encoder.count) encoder stages")
    }
    for (index, stage) in (encoder + decoder).enumerated() {
      let place =
        index < encoder.count ? "encoder stage \(index)" : "decoder stage \(index - encoder.count)"
      guard (1...Self.maximumBlocks).contains(stage.blocks),
        (1...Self.maximumKernel).contains(stage.kernel), stage.kernel % 2 == 1,
        (1...Self.maximumChannels).contains(stage.channels)
      else {
        throw .badChain(
          "\(place) has \(stage.blocks) blocks, a kernel of \(stage.kernel) and "
            + "\(stage.channels) channels, expected 1 to \(Self.maximumBlocks) blocks, an odd kernel of at "
            + "most \(Self.maximumKernel) and 1 to \(Self.maximumChannels) channels")
      }
    }
    self.init(
      validEncoder: encoder, decoder: decoder, normalization: normalization, activation: activation)
  }

  /// A chain that is valid by the way it was made.
  init(
    validEncoder encoder: [ChainStage], decoder: [ChainStage],
    normalization: FeatureNormalization, activation: Activation
  ) {
    self.encoder = encoder
    self.decoder = decoder
    self.normalization = normalization
    self.activation = activation
  }
}

extension ChainGenotype: CustomStringConvertible {
  /// On one line, such as `2×3³×16 1×3³×32 > 1×3³×16, instance, relu`.
  public var description: String {
    func text(_ stages: [ChainStage]) -> String {
      stages.map(\.description).joined(separator: " ")
    }
    return "\(text(encoder)) > \(text(decoder)), \(normalization.rawValue), \(activation.rawValue)"
  }
}

extension ChainStage: CustomStringConvertible {
  /// Such as `2×3³×16`: blocks, kernel, channels.
  public var description: String { "\(blocks)×\(kernel)³×\(channels)" }
}

extension ChainStage: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable {
    case blocks, kernel, channels
  }

  public init(from decoder: any Decoder) throws {
    try decoder.refuseKeys(otherThan: CodingKeys.self, in: "a stage")
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      blocks: try fields.decode(Int.self, forKey: .blocks),
      kernel: try fields.decode(Int.self, forKey: .kernel),
      channels: try fields.decode(Int.self, forKey: .channels))
  }
}

extension ChainGenotype: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable {
    case encoder, decoder, normalization, activation
  }

  public init(from decoder: any Decoder) throws {
    try decoder.refuseKeys(otherThan: CodingKeys.self, in: "a chain")
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      encoder: fields.decode([ChainStage].self, forKey: .encoder),
      decoder: fields.decode([ChainStage].self, forKey: .decoder),
      normalization: fields.decode(FeatureNormalization.self, forKey: .normalization),
      activation: fields.decode(Activation.self, forKey: .activation))
  }
}
