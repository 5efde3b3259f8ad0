import Architecture
import Torch

/// Encoders, fusion cells, decoder and heads on the levels of a topology.
///
/// A single or early design has one encoder and no cell. A fused design has an encoder per modality, built
/// only as deep as some cell reads it, and a cell per level; levels that share a cell's genotype still have
/// weights of their own. So every weight has an effect on the output, except that the heads below the finest
/// serve deep supervision alone.
struct PyramidNetwork: Module {
  let design: NetworkDesign
  let topology: Topology

  /// One per modality, `nil` where no cell reads it; one in all for a single or early design.
  let encoders: [Encoder?]

  /// One per level, finest first; none for a single or early design.
  let cells: [FusionCell]
  private let output: SegmentationDecoder

  /// - Precondition: The design is fused, early or single, and fits the topology.
  init(
    design: NetworkDesign, topology: Topology, using generator: inout some RandomNumberGenerator
  ) throws(TorchError) {
    self.design = design
    self.topology = topology
    encoders = try Self.makeEncoders(design, topology, using: &generator)
    cells = try Self.makeCells(design, topology, using: &generator)
    output = try SegmentationDecoder(topology: topology, using: &generator)
  }

  /// The logits, finest first.
  func callAsFunction(
    _ inputs: [Tensor], presence: Presence?, deepSupervision: Bool
  ) throws(TorchError) -> [Tensor] {
    try output(
      levels(of: inputs, presence).map(\.features), deepSupervision: deepSupervision)
  }

  /// The logits, and how far each coordinated level is from its constraint.
  func trainingOutput(
    of inputs: [Tensor], presence: Presence?, patients: [Int]?, deepSupervision: Bool,
    using generator: inout some RandomNumberGenerator
  ) throws(TorchError) -> TrainingOutput {
    let levels = try levels(of: inputs, presence)
    var terms: [CoordinationTerm] = []
    for (index, level) in levels.enumerated() {
      guard let coordination = cells.isEmpty ? nil : cells[index].genotype.coordination else {
        continue
      }
      let value =
        if let patients { try coordination.term(of: level.projections, patients: patients) } else {
          try coordination.term(of: level.projections, using: &generator)
        }
      terms.append(CoordinationTerm(level: index, coordination: coordination, value: value))
    }
    return TrainingOutput(
      logits: try output(levels.map(\.features), deepSupervision: deepSupervision),
      coordination: terms)
  }

  var children: [(name: String, module: any Module)] {
    encoderChildren
      + cells.enumerated().map { (name: "fusion.level\($0)", module: $1 as any Module) }
      + output.children
  }

  /// What the decoder reads on every level, finest first, and the projections of coordinated ones.
  private func levels(
    of inputs: [Tensor], _ presence: Presence?
  ) throws(TorchError) -> [(features: Tensor, projections: [PartialFeatures])] {
    precondition(
      inputs.count == design.modalities.count,
      "\(inputs.count) inputs for the modalities \(design.modalities)")
    guard !cells.isEmpty else {
      let image = inputs.count == 1 ? inputs[0] : try Tensor.concatenated(inputs, axis: 1)
      let pyramid = try encoders[0]?(image) ?? []
      return pyramid.map { ($0, []) }
    }
    let images = inputs[0].shape[0]
    let presence = presence ?? .complete(modalities: inputs.count, images: images)
    precondition(
      presence.isPresent.count == inputs.count && presence.images == images,
      "presence of \(presence.isPresent.count) modalities in \(presence.images) images")
    let pyramids = try pyramids(of: inputs, presence)
    let grids = topology.reducedGrids(Array(inputs[0].shape[2...]))
    var levels: [(features: Tensor, projections: [PartialFeatures])] = []
    for (index, cell) in cells.enumerated() {
      let fused = try cell.fuse(pyramids.map { $0[index] })
      // Where no image has anything to read, the decoder reads nothing.
      let shape = [images, topology.levels[index].channels] + grids[index]
      let features =
        if let tensor = fused.output.tensor { tensor } else {
          try Tensor.zeros(shape, type: inputs[0].scalarType, device: inputs[0].device)
        }
      levels.append((features, fused.projections))
    }
    return levels
  }

  /// The features of every modality and level. A modality that no image has is not encoded.
  func pyramids(
    of inputs: [Tensor], _ presence: Presence
  ) throws(TorchError) -> [[PartialFeatures]] {
    var pyramids: [[PartialFeatures]] = []
    for (index, (encoder, image)) in zip(encoders, inputs).enumerated() {
      let isPresent = presence.isPresent[index]
      let maps = isPresent.contains(true) ? try encoder?(image) ?? [] : []
      pyramids.append(
        topology.levels.indices.map { level in
          PartialFeatures(level < maps.count ? maps[level] : nil, isPresent: isPresent)
        })
    }
    return pyramids
  }

  private var encoderChildren: [(name: String, module: any Module)] {
    var names = design.modalities
    if case .early = design { names = ["early"] }
    return zip(names, encoders).compactMap { name, encoder in
      encoder.map { (name: "encoder.\(name)", module: $0) }
    }
  }
}
