import Foundation
import Imaging
public import Networks

/// Where a training stands: the weights, the optimiser's state, and how many epochs are done.
///
/// Batches and learning rates depend only on the seed and the step, so nothing else is needed to go
/// on exactly as if the training had never stopped.
public struct Checkpoint: Sendable {
  /// The file.
  public let path: String

  public init(path: String) {
    self.path = path
  }

  /// Whether there is something to resume from.
  public var exists: Bool { FileManager.default.fileExists(atPath: path) }

  /// Writes the state after `epochs` finished epochs, replacing the file before.
  ///
  /// - Parameter options: Kept so that a resumed training with other options is refused.
  public func save(
    network: some Module, optimizer: any Optimizer, epochs: Int, options: TrainingOptions
  ) throws {
    var arrays = try WeightStore.arrays(of: network.namedState, prefix: "weight.")
    arrays.merge(try WeightStore.arrays(of: optimizer.state, prefix: "optimizer.")) { first, _ in
      first
    }
    let metadata = ["epochs": String(epochs), "options": try Self.text(of: options)]
    try AtomicFile.write(try Safetensors(arrays: arrays, metadata: metadata).encoded(), to: path)
  }

  /// Fills the network and the optimiser, and says how many epochs are done.
  ///
  /// - Throws: ``TrainingError/badRun(path:expected:found:advice:)`` when the options differ from the
  ///   ones the checkpoint was made with.
  public func load(
    into network: some Module, optimizer: any Optimizer, options: TrainingOptions
  ) throws -> Int {
    let file = try Safetensors(try WeightStore.bytes(of: path), path: path)
    let expected = try Self.text(of: options)
    guard let epochs = Self.epochs(of: file), (0...options.epochs).contains(epochs),
      file.metadata["options"] == expected
    else {
      throw TrainingError.badRun(
        path: path, expected: expected, found: file.metadata["options"] ?? "no training options",
        advice: "Resume with the options of the run, or start a new run in another folder.")
    }
    try WeightStore.fill(network.namedState, from: file, prefix: "weight.", path: path)
    try WeightStore.fill(optimizer.state, from: file, prefix: "optimizer.", path: path)
    let count = network.namedState.count + optimizer.state.count
    guard file.arrays.count == count else {
      throw TrainingError.badWeights(
        path: path, problem: "it holds \(file.arrays.count) arrays, the training has \(count)")
    }
    return epochs
  }

  /// How many epochs are done; 0 without a checkpoint.
  public func finishedEpochs() throws -> Int {
    guard exists else { return 0 }
    return Self.epochs(of: try Safetensors(try WeightStore.bytes(of: path), path: path)) ?? 0
  }

  private static func epochs(of file: Safetensors) -> Int? {
    file.metadata["epochs"].flatMap { Int($0) }
  }

  private static func text(of options: TrainingOptions) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return String(decoding: try encoder.encode(options), as: UTF8.self)
  }
}
