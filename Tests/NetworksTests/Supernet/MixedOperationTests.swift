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

  // In float32 the mixture is one pass; here one candidate is computed after another.
  @Test(arguments: [[4, 5, 6], [2, 3, 3], [1, 1, 2]])
  func isTheWeightedSumOfTheCandidates(grid: [Int]) throws {
    let all = Architecture.Operation.allCases
    let mixed = try mixed(all)
    try mixed.moveWeights(to: .cpu, type: .float32)
    let input = try image(4, [2, 4] + grid).converted(to: .float32)
    let weights = try Tensor(all.indices.map { 0.05 + 0.02 * Float($0) }, shape: [all.count])
    let tensors = [input, weights] + mixed.namedWeights.map(\.tensor)
    for tensor in tensors { try tensor.markAsWeight() }
    func squared(_ output: Tensor) throws -> [[Float]?] {
      [try output.floats()]
        + (try Tensor.gradients(of: output.power(2).sum(), withRespectTo: tensors)
          .map { try $0?.floats() })
    }
    var sum = try mixed(input, choosing: 0) * weights.narrowed(axis: 0, from: 0, count: 1)
    for index in all.indices.dropFirst() {
      let share = try weights.narrowed(axis: 0, from: index, count: 1)
      sum = try sum + mixed(input, choosing: index) * share
    }
    for (found, wanted) in zip(try squared(mixed(input, weights: weights)), try squared(sum)) {
      let (left, right) = (try #require(found), try #require(wanted))
      #expect(left.count == right.count)
      #expect(zip(left, right).allSatisfy { abs($0 - $1) < 1e-4 * (1 + abs($1)) })
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
