import Architecture
import NetworkTestSupport
import Networks
import Randomness
import Testing
import Torch

struct MixedOperationTests {
  private func mixed(_ operations: [Architecture.Operation]) throws -> MixedOperation {
    var generator = SplitMix64(seed: 3)
    let mixed = try MixedOperation(operations: operations, channels: 4, using: &generator)
    try mixed.moveWeights(to: .cpu, type: .float64)
    return mixed
  }

  @Test func oneWeightOfOneIsThatCandidateAlone() throws {
    let all = Architecture.Operation.allCases
    let mixed = try mixed(all)
    let input = try image(1, [2, 4, 3, 3, 3])
    for index in all.indices {
      let weights = all.indices.map { $0 == index ? 1.0 : 0 }
      let mixture = try mixed(input, weights: Tensor(weights, shape: [all.count])).doubles()
      let alone = try mixed(input, choosing: index).doubles()
      #expect(zip(mixture, alone).allSatisfy { abs($0 - $1) < 1e-12 })
    }
  }

  // Twice the input plus three times its largest neighbour.
  @Test func addsByHand() throws {
    let mixed = try mixed([.skip, .maxPool3])
    let row = try Tensor([1.0, 5, 2, 0], shape: [1, 1, 1, 1, 4])
    let found = try mixed(row, weights: Tensor([2.0, 3], shape: [2])).doubles()
    #expect(found == [17, 25, 19, 6])
  }

  @Test func gradientsReachWeightsAndInput() throws {
    let mixed = try mixed([.skip, .convolution1, .channelAttention])
    let input = try image(2, [1, 4, 1, 2, 2])
    let weights = try Tensor([0.2, 0.5, 0.3], shape: [3])
    var tensors = mixed.namedWeights
    tensors.append((name: "input", tensor: input))
    tensors.append((name: "weights", tensor: weights))
    try expectGradients(of: tensors) { try mixed(input, weights: weights) }
  }

  @Test func namesSayWhichCandidateAWeightBelongsTo() throws {
    let names = try mixed([.skip, .convolution3, .separable3]).namedWeights.map(\.name)
    #expect(names.first == "convolution3.convolution.weight")
    #expect(names.contains("separable3.depthwise.weight"))
  }
}
