public import Architecture
import Foundation
import Imaging

/// How long each part of a network takes on one machine, from which the latency of any network of a space is
/// foretold: the sum of its parts and a constant.
///
/// Source: the look-up table of H. Cai, L. Zhu, S. Han, "ProxylessNAS", ICLR 2019, and B. Wu et al., "FBNet",
/// CVPR 2019, section 3.3.
public struct LatencyTable: Codable, Hashable, Sendable {
  /// What the times hold for.
  public struct Conditions: Codable, Hashable, Sendable {
    /// The processor's or the device's name.
    public let machine: String
    public let threads: Int

    /// Depth, height and width of the patch, of which there is one at a time.
    public let patch: [Int]

    /// The channels of every level, finest first.
    public let channels: [Int]
  }

  /// How well the table foretold whole networks that it was not made from.
  public struct Check: Codable, Hashable, Sendable {
    public let networks: Int

    /// The mean of |foretold − measured| / measured.
    public let meanRelativeError: Double

    /// Spearman's; `nil` when one of the two is constant.
    public let rankCorrelation: Double?
  }

  public let conditions: Conditions

  /// The day it was made, as `2026-01-31`.
  public let date: String

  /// The median time of every part in milliseconds, by ``part(operation:level:)`` and the like.
  public let milliseconds: [String: Double]

  /// What whole networks take beside the sum of their parts, in milliseconds.
  public let constant: Double

  public let check: Check

  static func part(operation: Architecture.Operation, level: Int) -> String {
    "level \(level) \(operation.rawValue)"
  }

  static func part(combination: Combination, of edges: Int, level: Int) -> String {
    "level \(level) \(combination.rawValue) of \(edges)"
  }

  static func part(encoderOfDepth depth: Int) -> String { "encoder of depth \(depth)" }

  /// The parts of a network that depend on its genotype, each as often as it runs.
  static func parts(of genotype: Genotype, levels: Int) -> [String] {
    var parts: [String] = []
    for index in genotype.modalities.indices {
      let depth = genotype.depth(ofModality: index, levels: levels)
      if depth > 0 { parts.append(part(encoderOfDepth: depth)) }
    }
    for level in 0..<levels {
      for node in genotype.cell(atLevel: level, of: levels).nodes {
        parts += node.edges.map { part(operation: $0.operation, level: level) }
        if node.edges.count > 1 {
          parts.append(part(combination: node.combination, of: node.edges.count, level: level))
        }
      }
    }
    return parts
  }

  /// The sum of a network's parts.
  ///
  /// - Throws: ``SearchError/notInTable(_:)`` when one of them was not measured.
  static func sum(
    of genotype: Genotype, levels: Int, in milliseconds: [String: Double]
  ) throws(SearchError) -> Double {
    var sum = 0.0
    for part in parts(of: genotype, levels: levels) {
      guard let time = milliseconds[part] else { throw .notInTable("\"\(part)\"") }
      sum += time
    }
    return sum
  }

  /// The latency of one patch through the network of a genotype, in milliseconds.
  ///
  /// - Throws: ``SearchError/notInTable(_:)`` when one of its parts was not measured.
  public func prediction(for genotype: Genotype) throws(SearchError) -> Double {
    try Self.sum(of: genotype, levels: conditions.channels.count, in: milliseconds) + constant
  }

  /// The same of a design.
  ///
  /// - Throws: ``SearchError/notInTable(_:)`` for one that is no fusion, too.
  func prediction(for design: NetworkDesign) throws(SearchError) -> Double {
    guard let genotype = design.genotype else { throw .notInTable("'\(design)'") }
    return try prediction(for: genotype)
  }

  /// No part takes as many milliseconds as this.
  private static let longest = 1e9

  /// Reads a table and checks that it was made under the given conditions.
  ///
  /// - Throws: ``SearchError/badLatencyTable(path:problem:)``.
  static func read(_ path: String, madeUnder conditions: Conditions) throws(SearchError)
    -> LatencyTable
  {
    let table: LatencyTable
    do {
      table = try StrictJSON.decode(
        LatencyTable.self, from: try Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
      throw .badLatencyTable(
        path: path, problem: "it cannot be read as a table: \(ImagingError.reason(of: error))")
    }
    if let part = table.milliseconds.keys.sorted().first(where: {
      !(table.milliseconds[$0].map { (0...longest).contains($0) } ?? false)
    }) {
      throw .badLatencyTable(
        path: path, problem: "the time of \"\(part)\" is below 0 or beyond \(longest) ms")
    }
    guard abs(table.constant) <= longest else {
      throw .badLatencyTable(path: path, problem: "its constant is beyond ±\(longest) ms")
    }
    guard table.conditions == conditions else {
      throw .badLatencyTable(
        path: path,
        problem: "it was made for \(table.conditions), and this search has \(conditions)")
    }
    return table
  }
}

extension LatencyTable.Conditions: CustomStringConvertible {
  public var description: String {
    let size = patch.map(String.init).joined(separator: " × ")
    let levels = channels.map(String.init).joined(separator: ", ")
    return "\(machine), \(threads) thread(s), patches of \(size), channels \(levels)"
  }
}
