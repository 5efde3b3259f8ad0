import Architecture
import Foundation
import Imaging

/// Which network `train` is asked for.
enum DesignChoice: Equatable {
  /// The one that a file describes.
  case file(String)

  /// Joint fusion of the named modalities, or of all.
  case joint([String]?)

  /// Early fusion of the named modalities, or of all.
  case early([String]?)

  private enum Fusion: String, CaseIterable {
    case joint
    case early
  }

  init(_ arguments: inout Arguments) throws(UsageError) {
    let path = try arguments.option("genotype")
    let modalities = try arguments.list("modalities")
    let fusion = try arguments.choice("fusion", of: Fusion.self)
    if let path {
      guard modalities == nil, fusion == nil else {
        throw UsageError(
          "--genotype says which modalities and which fusion; leave "
            + "--modalities and --fusion out.")
      }
      self = .file(path)
    } else {
      self = fusion == .early ? .early(modalities) : .joint(modalities)
    }
  }

  /// The network for a dataset.
  ///
  /// - Parameter resumed: The design of the run that is resumed; it stands in when nothing is asked.
  func design(for dataset: Dataset, resumed: String?) throws -> NetworkDesign {
    switch self {
    case .file(let path):
      let design = try Self.read(path)
      _ = try Self.check(design.modalities, of: dataset)
      return design
    case .joint(nil):
      if let resumed, FileManager.default.fileExists(atPath: resumed) {
        return try Self.read(resumed)
      }
      return try Self.joint(dataset.modalities.map(\.name))
    case .joint(let names?):
      return try Self.joint(Self.check(names, of: dataset))
    case .early(let names):
      let names = try Self.check(names ?? dataset.modalities.map(\.name), of: dataset)
      return names.count == 1 ? .single(names[0]) : .early(names)
    }
  }

  private static func joint(_ names: [String]) throws(ArchitectureError) -> NetworkDesign {
    guard names.count > 1 else { return .single(names[0]) }
    return .fused(try .concatenation(of: names))
  }

  private static func read(_ path: String) throws -> NetworkDesign {
    guard FileManager.default.fileExists(atPath: path) else {
      throw UsageError("--genotype: there is no file \(path).")
    }
    do {
      return try JSONDecoder().decode(
        NetworkDesign.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
      throw UsageError("\(path): this is not a genotype that can be built: \(error)")
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

extension Genotype {
  /// The plainest joint fusion: one node that concatenates all modalities, at every level.
  static func concatenation(of modalities: [String]) throws(ArchitectureError) -> Genotype {
    let cell = try CellGenotype.uniform(.concatenate, .skip, inputs: modalities.count)
    return try Genotype(modalities: modalities, cells: [cell])
  }
}
