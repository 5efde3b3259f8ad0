import Architecture
import Foundation

/// The text that an `ArchitectureError` thrown by `body` has, or what happened instead.
func message(_ body: () throws -> Void) -> String {
  do {
    try body()
    return "nothing was thrown"
  } catch let error as ArchitectureError {
    return error.description
  } catch {
    return "another error: \(error)"
  }
}

func decode<Value: Decodable>(_ type: Value.Type, _ json: String) throws -> Value {
  try JSONDecoder().decode(type, from: Data(json.utf8))
}

/// The JSON of a value, keys sorted, on one line.
func encode(_ value: some Encodable) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys]
  return String(decoding: try encoder.encode(value), as: UTF8.self)
}

/// An edge in few letters.
func edge(_ source: Int, _ operation: Architecture.Operation) -> Edge {
  Edge(source: source, operation: operation)
}

/// Three levels of an anisotropic pyramid: 2, 4 and 8 channels.
let smallTopology = Topology(
  levels: [
    Topology.Level(channels: 2, kernel: [1, 3, 3], stride: [1, 1, 1]),
    Topology.Level(channels: 4, kernel: [3, 3, 3], stride: [1, 2, 2]),
    Topology.Level(channels: 8, kernel: [3, 3, 3], stride: [2, 2, 2]),
  ], blocksPerLevel: 1, classes: 3)
