import Architecture
import Foundation
import NetworkTestSupport
import Networks
import Testing
import Torch

/// One number that depends on every element: the sum of element j times cos(0.1 · j).
func probe(_ tensor: Tensor) throws(TorchError) -> Tensor {
  let factors = (0..<tensor.elementCount).map { cos(0.1 * Double($0)) }
  return try (tensor * Tensor(factors, shape: tensor.shape)).sum()
}

/// The probe and the first element.
func digest(_ tensor: Tensor) throws -> [Double] {
  [try probe(tensor.detached()).item(), try tensor.doubles()[0]]
}

/// Whether two lists of numbers agree, absolutely and relatively to the larger, within 1e-8.
func agree(_ found: [Double], _ expected: [Double]?) -> Bool {
  guard let expected, found.count == expected.count else { return false }
  return zip(found, expected).allSatisfy { abs($0 - $1) <= 1e-8 * max(1, abs($1)) }
}

/// Compares the gradient of a function of some tensors with central differences, element by
/// element.
///
/// - Parameter tensors: float64; what the function depends on, by name.
func expectGradients(
  of tensors: [(name: String, tensor: Tensor)], in function: () throws -> Tensor,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  for tensor in tensors.map(\.tensor) {
    try tensor.markAsWeight()
    try tensor.clearGradient()
  }
  try probe(function()).backward()
  for (name, tensor) in tensors {
    let gradient = try #require(tensor.gradient, "\(name)").doubles()
    let values = try tensor.doubles()
    for index in values.indices {
      let step = 1e-5
      func value(at offset: Double) throws -> Double {
        var moved = values
        moved[index] += offset
        try tensor.copyValues(from: try Tensor(moved, shape: tensor.shape))
        return try probe(function()).item()
      }
      let difference = (try value(at: step) - value(at: -step)) / (2 * step)
      #expect(
        abs(gradient[index] - difference) <= 1e-6 * max(1, abs(difference)),
        "\(name)[\(index)]: \(gradient[index]), by differences \(difference)",
        sourceLocation: sourceLocation)
    }
    try tensor.copyValues(from: try Tensor(values, shape: tensor.shape))
  }
}

/// The gradients of a layer's weights and of its input.
func expectGradients(
  of layer: some Layer, at input: Tensor, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  try layer.fillByName()
  try expectGradients(
    of: layer.namedWeights + [(name: "input", tensor: input)], in: { try layer(input) },
    sourceLocation: sourceLocation)
}

/// The pyramid of Tests/Reference/network_values.py.
let smallTopology = Topology(
  levels: [
    Topology.Level(channels: 2, kernel: [1, 3, 3], stride: [1, 1, 1]),
    Topology.Level(channels: 3, kernel: [3, 3, 3], stride: [1, 2, 2]),
    Topology.Level(channels: 4, kernel: [3, 3, 3], stride: [2, 2, 2]),
  ], blocksPerLevel: 2, classes: 3)
