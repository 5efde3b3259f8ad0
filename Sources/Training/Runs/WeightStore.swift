import Foundation
import Imaging
public import Networks
import Torch

/// Writes a network's weights to a `safetensors` file and reads them back.
public enum WeightStore {
  /// The arrays of some tensors, by name.
  static func arrays(
    of tensors: [NamedTensor], prefix: String = ""
  ) throws(TorchError) -> [String: Safetensors.Array] {
    var arrays: [String: Safetensors.Array] = [:]
    for (name, tensor) in tensors {
      arrays[prefix + name] = Safetensors.Array(shape: tensor.shape, values: try tensor.floats())
    }
    return arrays
  }

  /// Writes the weights of `network` to `path`, all at once.
  public static func save(_ network: some Module, to path: String) throws {
    let file = Safetensors(arrays: try arrays(of: network.namedState))
    try AtomicFile.write(try file.encoded(), to: path)
  }

  /// Fills `network` with the weights of the file at `path`.
  ///
  /// - Throws: ``TrainingError/badWeights(path:problem:)`` naming the first weight that is missing,
  ///   has another shape, or is not finite.
  public static func load(_ network: some Module, from path: String) throws {
    let file = try Safetensors(try bytes(of: path), path: path)
    try fill(network.namedState, from: file, path: path)
    let expected = network.namedState.count
    guard file.arrays.count == expected else {
      throw TrainingError.badWeights(
        path: path, problem: "it holds \(file.arrays.count) arrays, the network has \(expected)")
    }
  }

  /// Fills those weights of `network` that the file at `path` has with the same name and shape; the others
  /// stay.
  ///
  /// - Returns: The share of the network's numbers that were filled, 0 to 1.
  /// - Throws: ``TrainingError/badWeights(path:problem:)`` when one of them is not finite.
  public static func loadMatching(_ network: some Module, from path: String) throws -> Double {
    let file = try Safetensors(try bytes(of: path), path: path)
    let matching = network.namedState.filter { file.arrays[$0.name]?.shape == $0.tensor.shape }
    try fill(matching, from: file, path: path)
    let filled = matching.reduce(0) { $0 + $1.tensor.elementCount }
    let all = network.namedState.reduce(0) { $0 + $1.tensor.elementCount }
    return Double(filled) / Double(max(1, all))
  }

  /// Copies the arrays called `prefix` + name into the tensors.
  static func fill(
    _ tensors: [NamedTensor], from file: Safetensors, prefix: String = "", path: String
  ) throws {
    for (name, tensor) in tensors {
      guard let array = file.arrays[prefix + name] else {
        throw TrainingError.badWeights(path: path, problem: "'\(prefix + name)' is missing")
      }
      guard array.shape == tensor.shape else {
        throw TrainingError.badWeights(
          path: path,
          problem: "'\(prefix + name)' has the shape \(array.shape), expected \(tensor.shape)")
      }
      guard array.values.allSatisfy(\.isFinite) else {
        throw TrainingError.badWeights(
          path: path, problem: "'\(prefix + name)' holds numbers that are not finite")
      }
      try tensor.copyValues(from: Tensor(array.values, shape: array.shape))
    }
  }

  /// A short text that differs for files that differ, as good as surely.
  ///
  /// Source: the 64-bit FNV-1a hash of G. Fowler, L. C. Noll, K.-P. Vo.
  static func fingerprint(of path: String) throws(TrainingError) -> String {
    fingerprint(of: try bytes(of: path))
  }

  /// The same of some bytes.
  static func fingerprint(of bytes: Data) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes {
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
    }
    return String(hash, radix: 16)
  }

  static func bytes(of path: String) throws(TrainingError) -> Data {
    do {
      return try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw .badRun(
        path: path, expected: "a safetensors file", found: "nothing that can be read",
        advice: "Name a run folder that `chiasm train` has finished.")
    }
  }
}
