import Architecture
import Randomness
import Testing

struct FusionCellSpaceTests {
  private func space(
    _ modalities: Int, levels: Int = 1, nodes: ClosedRange<Int> = 1...1, shared: Bool = false,
    of vocabulary: CellVocabulary = .standard
  ) throws -> FusionCellSpace {
    try FusionCellSpace(
      modalities: (0..<modalities).map { "m\($0)" }, levels: levels, nodes: nodes,
      sharedCell: shared, vocabulary: vocabulary)
  }

  // One node over two modalities: 2 × 3 single edges, and 3 × 3 pairs joined in 3 ways.
  @Test func countsByHand() throws {
    #expect(try space(1).count == 3)
    #expect(try space(2).count == 33)
    #expect(try space(2, levels: 4).count == 33 * 33 * 33 * 33)
    #expect(try space(2, levels: 4, shared: true).count == 33)
    // Two nodes over one modality: 3 for node 0; of the 33 for node 1, the 3 that read only the
    // modality leave node 0 unread.
    #expect(try space(1, nodes: 2...2).count == 3 * 30)
    #expect(try space(1, nodes: 1...2).count == 3 + 90)
  }

  // What a search finds must not move when the space learns new words.
  @Test func theStandardVocabularyDrawsWhatItAlwaysDrew() throws {
    var generator = SplitMix64(seed: 7)
    let space = try space(3, nodes: 1...2)
    let drawn = space.sample(using: &generator)
    let mutant = space.mutate(drawn, using: &generator)
    #expect(drawn.description == "all levels: node 0 = " + Self.drawnBefore)
    #expect(mutant.description == "all levels: node 0 = " + Self.mutatedBefore)
    #expect(space.code(of: drawn) == [0, 3, 3, 2, 3, 2, 3, 1, 1])
  }

  /// From the space as it was when it knew three operations.
  private static let drawnBefore =
    "gated(conv3(m1), conv3(m2)); sum(conv3(m0), conv1(m1), conv3(m2), skip(node 0))"
  private static let mutatedBefore =
    "gated(conv3(m1), conv3(m2)); gated(conv3(m0), conv1(m1), conv3(m2), skip(node 0))"

  // One node over two modalities and ten operations: 20 single edges, and 100 pairs.
  @Test func otherVocabulariesCountByHand() throws {
    #expect(try space(2, of: .complete).count == Double(20 + 100 * Combination.allCases.count))
    let sums = try CellVocabulary(operations: [.maxPool3, .separable3], combinations: [.sum])
    #expect(try space(2, of: sums).count == 4 + 4)
    // Node 0 reads the modality in 2 ways; node 1 reads node 0 in 2 ways and the modality in 3.
    #expect(try space(1, nodes: 1...2, of: sums).count == 2 + 2 * 2 * 3)
  }

  @Test(arguments: try CellVocabulary.examples())
  func samplingFindsEveryGenotypeOfAVocabulary(vocabulary: CellVocabulary) throws {
    let space = try space(1, nodes: 1...2, of: vocabulary)
    var generator = SplitMix64(seed: 7)
    var seen: Set<Genotype> = []
    for _ in 0..<Int(space.count * 16) { seen.insert(space.sample(using: &generator)) }
    #expect(Double(seen.count) == space.count)
    #expect(seen.allSatisfy { space.contains($0) })
  }

  @Test(arguments: try CellVocabulary.examples())
  func mutantsStayInASpaceOfAnyVocabulary(vocabulary: CellVocabulary) throws {
    var generator = SplitMix64(seed: 4)
    let space = try space(2, levels: 2, nodes: 1...3, of: vocabulary)
    var genotype = space.sample(using: &generator)
    for _ in 0..<200 {
      let mutant = space.mutate(genotype, using: &generator)
      #expect(space.contains(mutant))
      #expect(mutant != genotype)
      #expect(try decode(Genotype.self, encode(mutant)) == mutant)
      genotype = mutant
    }
  }

  @Test(arguments: try CellVocabulary.smallExamples())
  func mutationReachesTheWholeSpaceOfAVocabulary(vocabulary: CellVocabulary) throws {
    let space = try space(1, nodes: 1...2, of: vocabulary)
    var generator = SplitMix64(seed: 3)
    var genotype = space.sample(using: &generator)
    var seen: Set<Genotype> = [genotype]
    for _ in 0..<Int(space.count * 200) {
      genotype = space.mutate(genotype, using: &generator)
      seen.insert(genotype)
    }
    #expect(Double(seen.count) == space.count)
  }

  @Test func theOnlyGenotypeOfASpaceIsItsOwnMutant() throws {
    let one = try CellVocabulary(operations: [.skip], combinations: [.gated])
    let space = try space(1, of: one)
    var generator = SplitMix64(seed: 1)
    let only = space.sample(using: &generator)
    #expect(space.count == 1)
    #expect(space.mutate(only, using: &generator) == only)
    #expect(space.neighbours(of: only).isEmpty)
  }

  @Test func wordsOutsideTheVocabularyAreNotOfTheSpace() throws {
    func genotype(_ combination: Combination, _ operation: Architecture.Operation) throws
      -> Genotype
    {
      try Genotype(
        modalities: ["m0", "m1"], cells: [.uniform(combination, operation, inputs: 2)])
    }
    let space = try space(2)
    #expect(space.contains(try genotype(.sum, .convolution3)))
    #expect(!space.contains(try genotype(.sum, .maxPool3)))
    let gated = try self.space(
      2, of: CellVocabulary(operations: Architecture.Operation.allCases, combinations: [.gated]))
    #expect(gated.contains(try genotype(.gated, .maxPool3)))
    #expect(!gated.contains(try genotype(.sum, .maxPool3)))
    // A single edge is joined by nothing.
    #expect(
      gated.contains(
        try Genotype(modalities: ["m0", "m1"], cells: [.identity(ofInput: 1, inputs: 2)])))
  }

  @Test func aSpaceTooLargeForADoubleIsStillCounted() throws {
    let names = (0..<32).map { "m\($0)" }
    let space = try FusionCellSpace(
      modalities: names, levels: 16, nodes: 1...4, vocabulary: .complete)
    #expect(space.count == .greatestFiniteMagnitude)
  }

  @Test(arguments: [1...1, 1...2, 2...2])
  func samplingFindsEveryGenotype(nodes: ClosedRange<Int>) throws {
    let space = try space(1, nodes: nodes)
    var generator = SplitMix64(seed: 7)
    var seen: Set<Genotype> = []
    for _ in 0..<Int(space.count * 16) { seen.insert(space.sample(using: &generator)) }
    // 16 draws per genotype miss one of them with a chance of a few in ten thousand at most.
    #expect(Double(seen.count) == space.count)
  }

  @Test(arguments: [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (3, 2)])
  func countsWhatEnumerationFinds(modalities: Int, nodes: Int) throws {
    // A slot per node and earlier state: 0 is no edge, 1 to 3 are operations.
    let slots = (0..<nodes).flatMap { node in (0..<(modalities + node)).map { (node, $0) } }
    var total = 0
    for code in 0..<(1 << (2 * slots.count)) {
      let edges = slots.indices.filter { code >> (2 * $0) & 3 != 0 }.map { slots[$0] }
      let counts = (0..<nodes).map { node in edges.filter { $0.0 == node }.count }
      let read = Set(edges.map { $0.1 })
      let isAlive = counts.allSatisfy { $0 > 0 }
      guard isAlive, (0..<(nodes - 1)).allSatisfy({ read.contains(modalities + $0) }) else {
        continue
      }
      total += counts.reduce(1) { $0 * ($1 > 1 ? CellVocabulary.standard.combinations.count : 1) }
    }
    #expect(try space(modalities, nodes: nodes...nodes).count == Double(total))
  }

  @Test func samplesUniformly() throws {
    let space = try space(1, nodes: 1...2)
    var generator = SplitMix64(seed: 11)
    let draws = 93 * 200
    var counts: [Genotype: Int] = [:]
    for _ in 0..<draws { counts[space.sample(using: &generator), default: 0] += 1 }
    let expected = Double(draws) / space.count
    let chiSquare = counts.values.reduce(0.0) {
      $0 + (Double($1) - expected) * (Double($1) - expected) / expected
    }
    // 92 degrees of freedom: 99.9 % of uniform samplers stay below 139.
    #expect(counts.count == 93)
    #expect(chiSquare < 139)
  }

  @Test(arguments: 0..<40)
  func samplesAndMutantsStayInTheSpace(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let space = try FusionCellSpace(
      modalities: ["ct", "mri", "pet"], levels: 3, nodes: 1...3, sharedCell: seed % 2 == 0)
    var genotype = space.sample(using: &generator)
    #expect(space.contains(genotype))
    for _ in 0..<50 {
      let mutant = space.mutate(genotype, using: &generator)
      #expect(space.contains(mutant))
      #expect(mutant != genotype)
      let changed = zip(mutant.cells, genotype.cells).filter { $0 != $1 }
      #expect(changed.count == 1)
      // The mutant passes the checks that a hand-written genotype passes.
      #expect(try decode(Genotype.self, encode(mutant)) == mutant)
      genotype = mutant
    }
  }

  @Test func mutationReachesTheWholeSpace() throws {
    let space = try space(1, nodes: 1...2)
    var generator = SplitMix64(seed: 3)
    var genotype = space.sample(using: &generator)
    var seen: Set<Genotype> = [genotype]
    for _ in 0..<20_000 {
      genotype = space.mutate(genotype, using: &generator)
      seen.insert(genotype)
    }
    #expect(Double(seen.count) == space.count)
  }

  @Test func aSeedGivesTheSameGenotypes() throws {
    let space = try space(3, levels: 4, nodes: 1...2)
    func draw() -> [Genotype] {
      var generator = SplitMix64(seed: 5)
      let first = space.sample(using: &generator)
      return [first, space.mutate(first, using: &generator), space.sample(using: &generator)]
    }
    #expect(draw() == draw())
  }

  @Test func containsOnlyItsOwn() throws {
    let space = try space(2, levels: 3)
    var generator = SplitMix64(seed: 1)
    #expect(!space.contains(try self.space(2, levels: 2).sample(using: &generator)))
    #expect(!space.contains(try self.space(3, levels: 3).sample(using: &generator)))
    let twice = Node(combination: .sum, edges: [edge(0, .skip), edge(0, .convolution1)])
    let cell = try CellGenotype(inputs: 2, nodes: [twice])
    #expect(!space.contains(try Genotype(modalities: ["m0", "m1"], cells: [cell, cell, cell])))
  }

  @Test func impossibleSpacesAreRefused() {
    #expect(
      message { _ = try FusionCellSpace(modalities: [], levels: 3) }
        == "There is no modality. Name at least one.")
    #expect(
      message { _ = try FusionCellSpace(modalities: ["ct"], levels: 0) }
        == "The search space is empty or too large: it has 0 levels, expected 1 to 16.")
    #expect(
      message { _ = try FusionCellSpace(modalities: ["ct"], levels: 3, nodes: 0...5) }
        == "The search space is empty or too large: cells of 0 to 5 nodes, expected within 1 to "
        + "4.")
  }
}
