import Randomness
import Testing

@testable import Architecture

/// Spaces in which cells may be coordinated.
struct FusionCellSpaceCoordinatedTests {
  private func representations(
    joint: Bool = true, _ coordinations: [(Constraint, Double)]
  ) throws -> [Representation] {
    try (joint ? [.joint] : [])
      + coordinations.map { .coordinated(try Coordination($0.0, weight: $0.1)) }
  }

  private func space(
    modalities: Int = 2, nodes: ClosedRange<Int> = 1...1, levels: Int = 1,
    operations: [Architecture.Operation] = [.skip, .convolution1],
    combinations: [Combination] = [.gated, .mean], _ representations: [Representation]
  ) throws -> FusionCellSpace {
    try FusionCellSpace(
      modalities: (0..<modalities).map { "m\($0)" }, levels: levels, nodes: nodes,
      vocabulary: CellVocabulary(
        operations: operations, combinations: combinations, representations: representations))
  }

  private let two: [(Constraint, Double)] = [(.cosine, 0.1), (.contrastive, 1)]

  @Test func countsByHand() throws {
    // Joint: 2 × 2 single edges and 4 pairs joined in 2 ways. Coordinated: 4 pairs tied in 2 ways.
    #expect(try space(representations(two)).count == 12 + 8)
    #expect(try space(representations(joint: false, two)).count == 8)
    #expect(try space(levels: 3, representations(two)).count == 20 * 20 * 20)
    // Of three modalities: 3 pairs of 4 and 8 triples.
    #expect(try space(modalities: 3, representations(joint: false, two)).count == 20 * 2)
    // Without coordinated cells nothing changes.
    #expect(try space([.joint]).count == 12)
  }

  @Test(arguments: [true, false], [2, 3])
  func whatHoldsForEverySpaceHoldsHere(joint: Bool, modalities: Int) throws {
    let properties = SpaceProperties(
      space: try space(modalities: modalities, representations(joint: joint, two)))
    try properties.expectCodesAreOneToOne()
    properties.expectUniformSampling(draws: 20_000)
    properties.expectConnectedNeighbours()
    properties.expectCrossoverStaysInTheSpace()
  }

  @Test func cellsOfMoreNodesAreReachedToo() throws {
    let space = try space(
      nodes: 1...2, operations: [.skip], combinations: [.gated], representations(two))
    let properties = SpaceProperties(space: space)
    try properties.expectCodesAreOneToOne()
    var generator = SplitMix64(seed: 2)
    var genotype = space.sample(using: &generator)
    var seen: Set<Genotype> = [genotype]
    for _ in 0..<Int(space.count * 200) {
      let mutant = space.mutate(genotype, using: &generator)
      #expect(space.contains(mutant) && mutant != genotype)
      seen.insert(mutant)
      genotype = mutant
    }
    #expect(Double(seen.count) == space.count)
  }

  @Test func levelsChooseForThemselves() throws {
    let space = try space(levels: 2, representations(two))
    var generator = SplitMix64(seed: 6)
    let kinds = (0..<100).map { _ in
      space.sample(using: &generator).cells.map(\.representation.name)
    }
    #expect(Set(kinds).count == 4)
  }

  @Test func theRepresentationComesFirstInACode() throws {
    let space = try space(nodes: 1...2, representations(two))
    #expect(space.places == [3, 3, 3, 2, 3, 3, 3, 2])
    let cell = try CellGenotype.coordinated(
      by: Coordination(.contrastive, weight: 1), .convolution1, inputs: 2)
    let genotype = try Genotype(modalities: ["m0", "m1"], cells: [cell])
    #expect(space.code(of: genotype) == [2, 0, 0, 0, 2, 2, 0, 0])
    #expect(space.candidate(from: [2, 0, 0, 0, 2, 2, 0, 0]) == genotype)
    // A combination, a node before the output, and a projection alone mean nothing there.
    for code in [
      [2, 0, 0, 0, 2, 2, 0, 1], [2, 1, 0, 0, 2, 2, 0, 0], [2, 0, 0, 0, 2, 0, 0, 0],
    ] { #expect(space.candidate(from: code) == nil) }
  }

  @Test func otherConstraintsAndWeightsAreNotOfTheSpace() throws {
    let space = try space(representations(two))
    func genotype(_ constraint: Constraint, _ weight: Double) throws -> Genotype {
      let cell = try CellGenotype.coordinated(
        by: Coordination(constraint, weight: weight), .skip, inputs: 2)
      return try Genotype(modalities: ["m0", "m1"], cells: [cell])
    }
    #expect(space.contains(try genotype(.cosine, 0.1)))
    #expect(!space.contains(try genotype(.cosine, 0.2)))
    #expect(!space.contains(try genotype(.canonicalCorrelation, 0.1)))
  }

  @Test func whatTiesAMeanMakesAnotherNetwork() throws {
    let space = try space(representations(two))
    let forms = SpaceProperties(space: space).all.map(space.canonicalForm)
    #expect(Set(forms).count == forms.count)
  }

  @Test func spacesWithoutCoordinatedCellsAreRefused() throws {
    let representations = try representations(two)
    #expect(
      message { _ = try space(modalities: 1, representations) }
        == "The search space is empty or too large: coordinated cells of 1 modality, expected 2 or "
        + "more.")
    #expect(
      message { _ = try space(nodes: 2...3, representations) }
        == "The search space is empty or too large: coordinated cells have one node, but cells of 2 "
        + "to 3 nodes are asked for.")
    #expect(
      message { _ = try space(representations + representations) }
        == "The search space is empty or too large: the representation 'joint' is named twice.")
    #expect(
      message { _ = try space([]) }
        == "The search space is empty or too large: it may use no representation, expected at least "
        + "one.")
  }
}
