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

  /// Patients 7 and 4 have two images, patient 5 one: a sample is a patient, pooled over its image, less the
  /// mean of those that have one.
  @Test(arguments: Constraint.allCases)
  func withoutACommonSpacePatientsAreCompared(constraint: Constraint) throws {
    let features = try (0..<2).map { try image($0, [5, 3, 3, 4, 5]) }
    for tensor in features { try tensor.markAsWeight() }
    let patients = [7, 4, 5, 4, 7]
    let parts = [
      PartialFeatures(features[0], isPresent: [true, false, true, true, false]),
      PartialFeatures(features[1], isPresent: [false, true, false, false, true]),
    ]
    let term = try Coordination(constraint, weight: 3).term(of: parts, patients: patients)
    let pooled = try features.map { try $0.pooledEmbedding() }
    let expected = try CoordinationConstraint(constraint).loss(
      of: Embeddings([
        try pooled[0].rows([3, 0]) - centre(pooled[0], [3, 2, 0]),
        try pooled[1].rows([1, 4]) - centre(pooled[1], [1, 4]),
      ]))
    expectClose(try term.item(), try expected.item(), within: 1e-12)
    try term.backward()
    for (tensor, part) in zip(features, parts) {
      let gradient = try #require(tensor.gradient).doubles()
      #expect(gradient.contains { $0 != 0 } && gradient.allSatisfy { $0.isFinite })
      // An image that is not there gets no slope.
      for place in patients.indices where !part.isPresent[place] {
        #expect(gradient[place * 180..<place * 180 + 180].allSatisfy { $0 == 0 })
      }
    }
  }

  private func centre(_ pooled: Tensor, _ rows: [Int]) throws -> Tensor {
    try pooled.rows(rows).mean(overAxes: [0], keepingAxes: true)
  }

  /// What all patients have in common tells nobody apart.
  @Test(arguments: Constraint.allCases)
  func withoutACommonSpaceWhatIsCommonDoesNotCount(constraint: Constraint) throws {
    let features = try (0..<2).map { try image($0, [4, 3, 2, 3, 4]) }
    func value(adding common: Double) throws -> Double {
      let parts = try features.map {
        PartialFeatures(try $0 + common, isPresent: [true, true, true, true])
      }
      return try Coordination(constraint, weight: 1).term(of: parts, patients: [0, 1, 2, 3]).item()
    }
    expectClose(try value(adding: 0), try value(adding: 100), within: 1e-9)
  }

  @Test func withoutACommonSpaceItDoesNotMatterWhereSomethingIs() throws {
    let first = PartialFeatures(try image(0, [2, 3, 2, 2, 4]), isPresent: [true, true])
    let second = try image(1, [2, 3, 2, 2, 4])
    let turned = try second.flipped(axes: [2, 4])
    let coordination = try Coordination(.cosine, weight: 1)
    func value(_ other: Tensor) throws -> Double {
      try coordination.term(
        of: [first, PartialFeatures(other, isPresent: [true, true])], patients: [0, 1]
      ).item()
    }
    expectClose(try value(second), try value(turned), within: 1e-12)
    #expect(try value(second) > 0)
  }

  @Test func aPatientWithOneModalityHasNothingToCompare() throws {
    let only = PartialFeatures(try image(0, [2, 2, 2, 2, 2]), isPresent: [true, true])
    let none = PartialFeatures(nil, isPresent: [false, false])
    for parts in [[only, none], [none, none]] {
      let term = try Coordination(.contrastive, weight: 1).term(of: parts, patients: [0, 1])
      #expect(try term.item() == 0)
    }
  }
}
