import Architecture
import Foundation
import Imaging

/// Which network `train` is asked for.
enum DesignChoice: Equatable {
  /// The one that a file describes.
  case file(String)

  /// A fusion of the named modalities, or of all.
  case fusion(Fusion, [String]?)

  /// Nothing is asked: that of the run that is resumed, or the plainest fusion of all modalities.
  case unsaid

  /// How modalities are fused without a genotype: the same way at every level.
  enum Fusion: Equatable {
    case joint(Combination)
    case coordinated(Coordination)
    case early
  }

  private enum Kind: String, CaseIterable {
    case joint, coordinated, early
  }

  /// The lines of the help text.
  static let help: [Help.Option] = [
    .init("genotype", "G.json", "The network to train, such as a search's best.json."),
    .init("modalities", "A,B", "The modalities to use; one makes a network without fusion."),
    .init(
      "fusion", "KIND",
      "How to fuse without a genotype: joint (an encoder each, features joined at every level), "
        + "coordinated (each keeps its own features, a constraint ties them, their mean is read) or "
        + "early (one encoder for all).", standard: "joint"),
    .init(
      "combination", "NAME",
      "How joint fusion joins: \(Combination.allCases.map(\.rawValue).joined(separator: ", ")).",
      standard: "concatenate"),
    .init(
      "constraint", "NAME",
      "What ties coordinated features: "
        + "\(Constraint.allCases.map(\.rawValue).joined(separator: ", ")).",
      standard: "canonicalCorrelation"),
    .init("weight", "W", "The weight of the constraint in the loss.", standard: "0.1"),
  ]

  init(_ arguments: inout Arguments) throws(UsageError) {
    let path = try arguments.option("genotype")
    let modalities = try arguments.list("modalities")
    let kind = try arguments.choice("fusion", of: Kind.self)
    let combination = try arguments.choice("combination", of: Combination.self)
    let constraint = try arguments.choice("constraint", of: Constraint.self)
    let weight = try arguments.number("weight", from: 0.000_001, to: Coordination.maximumWeight)
    if combination != nil, kind == .early || kind == .coordinated {
      throw UsageError("--combination belongs to --fusion joint.")
    }
    if constraint != nil || weight != nil, kind != .coordinated {
      throw UsageError("--constraint and --weight belong to --fusion coordinated.")
    }
    if let path {
      guard modalities == nil, kind == nil, combination == nil else {
        throw UsageError(
          "--genotype says which modalities and which fusion; leave "
            + "--modalities, --fusion and --combination out.")
      }
      self = .file(path)
    } else if modalities == nil, kind == nil, combination == nil {
      self = .unsaid
    } else {
      self = .fusion(
        try Self.fusion(kind, combination, constraint, weight), modalities)
    }
  }

  private static func fusion(
    _ kind: Kind?, _ combination: Combination?, _ constraint: Constraint?, _ weight: Double?
  ) throws(UsageError) -> Fusion {
    switch kind {
    case .early: return .early
    case .joint, nil: return .joint(combination ?? .concatenate)
    case .coordinated:
      do {
        return .coordinated(
          try Coordination(constraint ?? .canonicalCorrelation, weight: weight ?? 0.1))
      } catch {
        throw UsageError("--weight: \(error)")
      }
    }
  }

  /// The network for a dataset.
  ///
  /// - Parameter resumed: The design of the run that is resumed; it stands in when nothing is asked.
  func design(for dataset: Dataset, resumed: String?) throws -> NetworkDesign {
    let all = dataset.modalities.map(\.name)
    switch self {
    case .file(let path):
      let design = try Self.read(path)
      _ = try Self.check(design.modalities, of: dataset)
      return design
    case .unsaid:
      if let resumed, FileManager.default.fileExists(atPath: resumed) {
        return try Self.read(resumed)
      }
      return try Fusion.joint(.concatenate).design(of: all)
    case .fusion(let fusion, let names):
      return try fusion.design(of: Self.check(names ?? all, of: dataset))
    }
  }

  private static func read(_ path: String) throws -> NetworkDesign {
    guard FileManager.default.fileExists(atPath: path) else {
      throw UsageError("--genotype: there is no file \(path).")
    }
    do {
      return try JSONDecoder().decode(
        NetworkDesign.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
      let reason = error is DecodingError ? ImagingError.reason(of: error) : "\(error)"
      throw UsageError("\(path): this is not a genotype that can be built: \(reason)")
    }
  }

  private static func check(
    _ names: [String], of dataset: Dataset
  ) throws(UsageError) -> [String] {
    let known = dataset.modalities.map(\.name)
    if let unknown = names.first(where: { !known.contains($0) }) {
      throw UsageError(
        "'\(dataset.name)' has no modality '\(unknown)'; it has \(known.joined(separator: ", ")).")
    }
    return names
  }
}

extension DesignChoice.Fusion {
  /// The network that fuses these modalities; one alone needs no fusion.
  fileprivate func design(of names: [String]) throws(ArchitectureError) -> NetworkDesign {
    guard names.count > 1 else { return .single(names[0]) }
    let cell: CellGenotype
    switch self {
    case .early: return .early(names)
    case .joint(let combination):
      cell = try .uniform(combination, .skip, inputs: names.count)
    case .coordinated(let coordination):
      cell = try .coordinated(by: coordination, .convolution1, inputs: names.count)
    }
    return .fused(try Genotype(modalities: names, cells: [cell]))
  }
}
