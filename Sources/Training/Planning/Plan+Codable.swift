import Architecture
import Imaging

/// A plan that was read is one that can be used: a file that was edited is checked as it is read.
///
/// A file without "resampling" is from before there was a choice, and means what was done then; so
/// does one without "isAligned".
extension Plan: Codable {
  private enum CodingKeys: String, CodingKey {
    case dataset, reference, isAligned, modalities, labels, spacing, resampling
    case patchSize, batchSize, topology
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      dataset: try fields.decode(String.self, forKey: .dataset),
      reference: try fields.decode(String.self, forKey: .reference),
      isAligned: try fields.decodeIfPresent(Bool.self, forKey: .isAligned) ?? true,
      modalities: try fields.decode([ModalityPlan].self, forKey: .modalities),
      labels: try fields.decode([Label].self, forKey: .labels),
      spacing: try fields.decode([Double].self, forKey: .spacing),
      resampling: try fields.decodeIfPresent(CaseResampling.self, forKey: .resampling) ?? .linear,
      patchSize: try fields.decode([Int].self, forKey: .patchSize),
      batchSize: try fields.decode(Int.self, forKey: .batchSize),
      topology: try fields.decode(Topology.self, forKey: .topology))
    if let fault {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: fault))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(dataset, forKey: .dataset)
    try fields.encode(reference, forKey: .reference)
    if !isAligned { try fields.encode(isAligned, forKey: .isAligned) }
    try fields.encode(modalities, forKey: .modalities)
    try fields.encode(labels, forKey: .labels)
    try fields.encode(spacing, forKey: .spacing)
    try fields.encode(resampling, forKey: .resampling)
    try fields.encode(patchSize, forKey: .patchSize)
    try fields.encode(batchSize, forKey: .batchSize)
    try fields.encode(topology, forKey: .topology)
  }
}

extension Plan {
  /// What makes the plan unusable, if anything: the first of its parts that is out of bounds.
  var fault: String? {
    gridFault ?? networkFault ?? labelFault ?? modalityFault
  }

  private var gridFault: String? {
    guard spacing.count == 3, spacing.allSatisfy({ (0.01...1000).contains($0) }) else {
      return "the spacing \(spacing) is not three lengths of 0.01 to 1000 mm"
    }
    guard patchSize.count == 3, patchSize.allSatisfy({ (1...4096).contains($0) }),
      patchVoxels <= 1 << 27
    else {
      return "the patch \(patchSize) is not three sizes of 1 to 4096 with at most 2^27 voxels"
    }
    return (1...256).contains(batchSize) ? nil : "the batch size \(batchSize) is not 1 to 256"
  }

  private var networkFault: String? {
    for (index, level) in topology.levels.enumerated() {
      guard level.channels <= 4096, level.kernel.allSatisfy({ $0 <= 7 }),
        level.stride.allSatisfy({ $0 <= 4 })
      else {
        return "level \(index) has more than 4096 channels, a kernel above 7 or a stride above 4"
      }
    }
    guard topology.blocksPerLevel <= 16 else {
      return "\(topology.blocksPerLevel) blocks per level are more than 16"
    }
    guard zip(patchShape, topology.reduction).allSatisfy({ $0 % $1 == 0 }) else {
      return "the patch \(patchSize) cannot be divided by the network's reduction "
        + "\(Array(topology.reduction.reversed()))"
    }
    return nil
  }

  private var labelFault: String? {
    let values = labels.map(\.value)
    guard (1...255).contains(labels.count), values.allSatisfy({ (1...65535).contains($0) }),
      Set(values).count == values.count, Set(labels.map(\.name)).count == labels.count
    else {
      return "the labels are not 1 to 255 different names with different values of 1 to 65535"
    }
    return topology.classes == labels.count + 1
      ? nil
      : "the network has \(topology.classes) classes for \(labels.count) labels and background"
  }

  private var modalityFault: String? {
    let names = modalities.map(\.modality.name)
    guard Set(names).count == names.count, names.contains(reference) else {
      return "the modalities \(names) are not different, or lack the reference '\(reference)'"
    }
    return nil
  }
}
