import Architecture
import NetworkTestSupport
import Networks
import Randomness
import Testing
import Torch

/// A network of two modalities, filled by the formula of the reference.
func filledNetwork(_ design: NetworkDesign) throws -> SegmentationNetwork {
  var generator = SplitMix64(seed: 1)
  let network = try SegmentationNetwork(
    design: design, topology: smallTopology, using: &generator)
  try network.fillByName()
  return network
}

/// Compares logits in training, gradients, and logits afterwards with those of
/// Tests/Reference/space_values.py (PyTorch 2.15).
///
/// - Returns: The network after that training.
@discardableResult
func expectReference(
  _ design: NetworkDesign, _ name: String, patch: [Int]
) throws -> SegmentationNetwork {
  let network = try filledNetwork(design)
  let inputs = try (0..<2).map { try image($0, [2, 1] + patch) }
  var generator = SplitMix64(seed: 1)
  let output = try network.trainingOutput(of: inputs, using: &generator).logits
  #expect(output.map(\.shape) == [[2, 3] + patch])
  #expect(agree(try digest(output[0]), SpaceReferenceValues.logits[name]), "\(name)")
  try probe(output[0]).backward()
  let expected = SpaceReferenceValues.gradients.filter { $0.key.hasPrefix(name + " ") }
  #expect(network.namedWeights.map { "\(name) \($0.name)" }.sorted() == expected.keys.sorted())
  for (path, tensor) in network.namedWeights {
    let found = try digest(#require(tensor.gradient))
    #expect(agree(found, expected["\(name) \(path)"]), "\(name) \(path): \(found)")
  }
  if let afterwards = SpaceReferenceValues.logits["\(name) afterwards"] {
    #expect(agree(try digest(network(inputs)[0]), afterwards), "\(name) afterwards")
  }
  return network
}

/// Random designs of a space: their weights are as many as their cost says, and float32 kernels compute what
/// ATen computes in float64.
func expectCostsAndKernels(of space: NetworkSpace, count: Int, seed: UInt64) throws {
  var generator = SplitMix64(seed: seed)
  for _ in 0..<count {
    let design = space.sample(using: &generator)
    let network = try SegmentationNetwork(
      design: design, topology: smallTopology, using: &generator)
    let cost = Cost.of(design, topology: smallTopology, patch: [6, 5, 4])
    #expect(network.weightCount == cost.parameters, "\(design)")
    let inputs = try space.modalities.indices.map { try image($0, [2, 1, 6, 5, 4]) }
    try network.moveWeights(to: .cpu, type: .float64)
    let exact = try network(inputs, isTraining: true)[0].doubles()
    try network.moveWeights(to: .cpu, type: .float32)
    let single = try inputs.map { try $0.converted(to: .float32) }
    let found = try network(single, isTraining: true)[0].floats().map(Double.init)
    let most = exact.map(abs).max() ?? 1
    let error = zip(found, exact).map { abs($0 - $1) }.max() ?? .infinity
    #expect(error < 2e-4 * max(1, most), "\(design): \(error) of \(most)")
  }
}
