public import Architecture
public import Torch

/// The whole network of a design: encoders, fusion cells, decoder and heads.
///
/// A single or early design has one encoder and no cell. A fused design has an encoder per
/// modality, built only as deep as some cell reads it, and a cell per level; levels that share a
/// cell's genotype still have weights of their own. So every weight has an effect on the output,
/// except that the heads below the finest serve deep supervision alone.
public struct SegmentationNetwork: Module {
  public let design: NetworkDesign
  public let topology: Topology

  /// One per modality, `nil` where no cell reads it; one in all for a single or early design.
  private let encoders: [Encoder?]

  /// One per level, finest first; none for a single or early design.
  private let cells: [FusionCell]
  private let decoder: Decoder
  private let heads: [SegmentationHead]

  /// Builds a network with random weights.
  ///
  /// - Throws: `TorchError` when memory runs out, or the design does not fit the topology.
  public init(
    design: NetworkDesign, topology: Topology, using generator: inout some RandomNumberGenerator
  ) throws(TorchError) {
    do {
      try design.check(levels: topology.levels.count)
    } catch {
      throw TorchError(operation: "building the network '\(design.title)'", reason: "\(error)")
    }
    self.design = design
    self.topology = topology
    encoders = try Self.makeEncoders(design, topology, using: &generator)
    cells = try Self.makeCells(design, topology, using: &generator)
    decoder = try Decoder(topology: topology, using: &generator)
    var heads: [SegmentationHead] = []
    for level in topology.levels.dropLast() {
      heads.append(
        try SegmentationHead(
          channels: level.channels, classes: topology.classes, using: &generator))
    }
    self.heads = heads
  }

  /// The logits of a batch of patches.
  ///
  /// - Parameters:
  ///   - inputs: One tensor `[batch, 1, depth, height, width]` per modality of the design, in its
  ///     order; each axis is a multiple of the topology's reduction.
  ///   - deepSupervision: Whether to give the logits of the coarser levels too.
  /// - Returns: Logits `[batch, classes, …]`: at full resolution, then with deep supervision those
  ///   of each coarser level except the lowest.
  /// - Throws: `TorchError` when a layer refuses its input, or memory runs out.
  public func callAsFunction(
    _ inputs: [Tensor], deepSupervision: Bool = false
  ) throws(TorchError) -> [Tensor] {
    precondition(
      inputs.count == design.modalities.count,
      "\(inputs.count) inputs for the modalities \(design.modalities)")
    let decoded = try decoder(features(of: inputs))
    var logits: [Tensor] = []
    for (features, head) in zip(decoded, heads).prefix(deepSupervision ? heads.count : 1) {
      logits.append(try head(features))
    }
    return logits
  }

  public var children: [(name: String, module: any Module)] {
    encoderChildren
      + cells.enumerated().map { (name: "fusion.level\($0)", module: $1 as any Module) }
      + [(name: "decoder", module: decoder)]
      + heads.enumerated().map { (name: "head.level\($0)", module: $1 as any Module) }
  }

  /// What the decoder reads on every level, finest first.
  private func features(of inputs: [Tensor]) throws(TorchError) -> [Tensor] {
    guard !cells.isEmpty else {
      let image = inputs.count == 1 ? inputs[0] : try Tensor.concatenated(inputs, axis: 1)
      return try encoders[0]?(image) ?? []
    }
    var pyramids: [[Tensor]] = []
    for (encoder, image) in zip(encoders, inputs) { pyramids.append(try encoder?(image) ?? []) }
    var fused: [Tensor] = []
    for (level, cell) in cells.enumerated() {
      fused.append(try cell(pyramids.map { level < $0.count ? $0[level] : nil }))
    }
    return fused
  }

  private var encoderChildren: [(name: String, module: any Module)] {
    var names = design.modalities
    if case .early = design { names = ["early"] }
    return zip(names, encoders).compactMap { name, encoder in
      encoder.map { (name: "encoder.\(name)", module: $0) }
    }
  }
}

extension SegmentationNetwork {
  private static func makeEncoders(
    _ design: NetworkDesign, _ topology: Topology,
    using generator: inout some RandomNumberGenerator
  ) throws(TorchError) -> [Encoder?] {
    guard case .fused(let genotype) = design else {
      let channels = design.modalities.count
      return [try Encoder(inChannels: channels, topology: topology, using: &generator)]
    }
    var encoders: [Encoder?] = []
    for index in genotype.modalities.indices {
      let depth = genotype.depth(ofModality: index, levels: topology.levels.count)
      encoders.append(
        depth == 0
          ? nil
          : try Encoder(inChannels: 1, topology: topology, depth: depth, using: &generator))
    }
    return encoders
  }

  private static func makeCells(
    _ design: NetworkDesign, _ topology: Topology,
    using generator: inout some RandomNumberGenerator
  ) throws(TorchError) -> [FusionCell] {
    guard case .fused(let genotype) = design else { return [] }
    var cells: [FusionCell] = []
    for (index, level) in topology.levels.enumerated() {
      let cell = genotype.cell(atLevel: index, of: topology.levels.count)
      cells.append(try FusionCell(cell: cell, channels: level.channels, using: &generator))
    }
    return cells
  }
}
