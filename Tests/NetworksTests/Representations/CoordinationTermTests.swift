import Architecture
import NetworkTestSupport
import Randomness
import TestSupport
import Testing
import Torch

@testable import Networks

struct CoordinationTermTests {
  /// The term is the loss of the projections at the chosen voxels, and its slope reaches the encoders.
  @Test(arguments: Constraint.allCases)
  func aTermComparesTheProjectionsAtTheSameVoxels(constraint: Constraint) throws {
    let features = try (0..<2).map { try image($0, [2, 4, 3, 4, 5]) }
    for tensor in features { try tensor.markAsWeight() }
    let parts = features.map { PartialFeatures($0, isPresent: [true, true]) }
    var generator = SplitMix64(seed: 9)
    let term = try Coordination(constraint, weight: 3).term(of: parts, using: &generator)
    // Sixty voxels are fewer than are drawn, so all are compared.
    let views = try features.map { try $0.voxelEmbeddings(at: Array(0..<60)) }
    let expected = try CoordinationConstraint(constraint).loss(of: Embeddings(views))
    expectClose(try term.item(), try expected.item(), within: 1e-12)
    try term.backward()
    for tensor in features {
      let gradient = try #require(tensor.gradient).doubles()
      #expect(gradient.contains { $0 != 0 } && gradient.allSatisfy { $0.isFinite })
    }
  }

  @Test func anImageThatLacksAModalityIsNotCompared() throws {
    let first = try image(0, [2, 3, 2, 2, 2])
    let second = try image(1, [2, 3, 2, 2, 2])
    var generator = SplitMix64(seed: 9)
    let constraint = try Coordination(.cosine, weight: 1)
    let partly = try constraint.term(
      of: [
        PartialFeatures(first, isPresent: [true, true]),
        PartialFeatures(second, isPresent: [false, true]),
      ], using: &generator)
    let alone = try constraint.term(
      of: try [first, second].map {
        PartialFeatures(try $0.narrowed(axis: 0, from: 1, count: 1), isPresent: [true])
      }, using: &generator)
    expectClose(try partly.item(), try alone.item(), within: 1e-12)
  }

  @Test func withoutTwoModalitiesTheTermIsZero() throws {
    let only = PartialFeatures(try image(0, [1, 2, 2, 2, 2]), isPresent: [true])
    let none = PartialFeatures(nil, isPresent: [false])
    var generator = SplitMix64(seed: 9)
    for parts in [[only, none], [none, none]] {
      let term = try Coordination(.contrastive, weight: 1).term(of: parts, using: &generator)
      #expect(try term.item() == 0)
    }
  }
}
