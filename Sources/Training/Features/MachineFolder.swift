import Foundation
import Imaging
import Networks
import Randomness
import Torch

/// A trained ``FeatureMachine`` on disk: `machine.json`, what it is, and `weights.safetensors`.
public struct MachineFolder: Sendable {
  public let path: String

  public init(_ path: String) { self.path = path }

  private static let format = "chiasm machine 1"

  /// One pathway.
  private struct Pathway: Codable {
    let name: String
    let features: Int
    let hidden: [Int]
  }

  private struct Index: Codable {
    let format: String
    let origin: EmbeddingOrigin
    let pathways: [Pathway]
    let joint: Int
  }

  /// The numbers of a machine as tensors, for the weight store.
  private struct Weights: Module {
    let weights: [(name: String, tensor: Tensor)]

    init(_ machine: FeatureMachine) throws(TorchError) {
      var weights: [(name: String, tensor: Tensor)] = []
      for (name, shape, values) in machine.machine.numbers {
        weights.append((name, try Tensor(values.map { Float($0) }, shape: shape)))
      }
      for (name, fit) in zip(machine.modalities, machine.standardizations) {
        for (part, values) in [("mean", fit.mean), ("deviation", fit.deviation)] {
          weights.append(
            ("\(name).\(part)", try Tensor(values.map { Float($0) }, shape: [values.count])))
        }
      }
      self.weights = weights
    }
  }

  private var index: String { path + "/machine.json" }
  private var weights: String { path + "/weights.safetensors" }

  /// Writes the machine; its numbers are rounded to 32 bits.
  ///
  /// - Parameter origin: Of the embeddings that it was trained on.
  /// - Throws: ``EmbeddingError/otherWeights(path:)``, and `ImagingError` when it cannot be written.
  public func write(_ machine: FeatureMachine, origin: EmbeddingOrigin) throws {
    try refuseOtherWeights()
    let folder = try RunFolder(creating: path)
    try WeightStore.save(Weights(machine), to: weights)
    try folder.write(
      Index(
        format: Self.format, origin: origin,
        pathways: machine.machine.modalities.map {
          Pathway(name: $0.name, features: $0.features, hidden: $0.hidden)
        }, joint: machine.jointUnits), to: "machine.json")
  }

  /// Refuses a folder such as a training's, whose weights a machine would replace.
  public func refuseOtherWeights() throws(EmbeddingError) {
    let files = FileManager.default
    guard !files.fileExists(atPath: weights) || files.fileExists(atPath: index) else {
      throw .otherWeights(path: path)
    }
  }

  /// Reads a machine and the origin of the embeddings that it was trained on.
  ///
  /// - Throws: ``EmbeddingError/notAMachine(path:problem:)`` when a file is missing or no such file, and
  ///   ``TrainingError/badWeights(path:problem:)`` when the weights are not such a machine's.
  public func read() throws -> (machine: FeatureMachine, origin: EmbeddingOrigin) {
    let found: Index
    do {
      found = try StrictJSON.decode(
        Index.self, from: try Data(contentsOf: URL(fileURLWithPath: index)))
    } catch {
      throw EmbeddingError.notAMachine(path: index, problem: ImagingError.reason(of: error))
    }
    let sizes = found.pathways.flatMap { [$0.features] + $0.hidden } + [found.joint]
    guard found.format == Self.format, !found.pathways.isEmpty,
      Set(found.pathways.map(\.name)).count == found.pathways.count,
      found.pathways.allSatisfy({ !$0.hidden.isEmpty }),
      sizes.allSatisfy({ (1...Self.mostUnits).contains($0) })
    else {
      throw EmbeddingError.notAMachine(
        path: index,
        problem: "it does not describe a machine of layers of 1 to \(Self.mostUnits) units")
    }
    try refuseTooLittle(for: found)
    return (try machine(found), found.origin)
  }

  private static let mostUnits = 4096

  /// Refuses a machine for whose numbers the file has no room, before there is any in memory.
  private func refuseTooLittle(for found: Index) throws(TrainingError) {
    let needed = found.pathways.reduce(0) { sum, pathway in
      let widths = [pathway.features] + pathway.hidden
      return zip(widths, widths.dropFirst() + [found.joint]).reduce(sum) { $0 + $1.0 * $1.1 }
    }
    guard try WeightStore.bytes(of: weights).count / MemoryLayout<Float>.size >= needed else {
      throw .badWeights(
        path: weights, problem: "machine.json describes \(needed) weights, which do not fit into it"
      )
    }
  }

  private func machine(_ found: Index) throws -> FeatureMachine {
    // Whatever is drawn here is replaced by what the file holds.
    var generator = SplitMix64(seed: 0)
    let empty = FeatureMachine(
      modalities: found.pathways.map(\.name),
      standardizations: found.pathways.map { pathway in
        let zeros = [Double](repeating: 0, count: pathway.features)
        return Standardization(mean: zeros, deviation: zeros.map { _ in 1 })
      },
      machine: MultimodalBoltzmannMachine(
        found.pathways.map {
          .init($0.name, .gaussian, features: $0.features, hidden: $0.hidden)
        }, joint: found.joint, using: &generator))
    let stored = try Weights(empty)
    try WeightStore.load(stored, from: weights)
    var values: [String: [Double]] = [:]
    for (name, tensor) in stored.weights {
      values[name] = try tensor.floats().map(Double.init)
    }
    var machine = empty.machine
    machine.numbers = machine.numbers.map { ($0.name, $0.shape, values[$0.name] ?? $0.values) }
    let standardizations = try empty.modalities.map { name in
      let deviation = values["\(name).deviation"] ?? []
      guard deviation.allSatisfy({ $0 > 0 }) else {
        throw TrainingError.badWeights(
          path: weights, problem: "'\(name).deviation' holds a number that is not above 0")
      }
      return Standardization(mean: values["\(name).mean"] ?? [], deviation: deviation)
    }
    return FeatureMachine(
      modalities: empty.modalities, standardizations: standardizations, machine: machine)
  }
}
