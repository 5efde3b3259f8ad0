public import Architecture

/// The fused design of Tests/Reference/network_values.py and proxy_values.py.
///
/// - Returns: `gated(conv3(ct), skip(mri))` on the finest level, two nodes on the next, the identity of CT
///   on the deepest.
public func referenceDesign() throws -> NetworkDesign {
  func edge(_ source: Int, _ operation: Architecture.Operation) -> Edge {
    Edge(source: source, operation: operation)
  }
  let gated = Node(combination: .gated, edges: [edge(0, .convolution3), edge(1, .skip)])
  let first = Node(combination: .sum, edges: [edge(0, .skip), edge(1, .convolution1)])
  let second = Node(
    combination: .concatenate, edges: [edge(1, .convolution1), edge(2, .convolution3)])
  return .fused(
    try Genotype(
      modalities: ["ct", "mri"],
      cells: [
        CellGenotype(inputs: 2, nodes: [gated]), CellGenotype(inputs: 2, nodes: [first, second]),
        .identity(ofInput: 0, inputs: 2),
      ]))
}
