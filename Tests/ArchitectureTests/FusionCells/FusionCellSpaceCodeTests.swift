import Architecture
import Randomness
import Testing

/// The forms in which a fusion cell space hands its genotypes to strategies.
struct FusionCellSpaceCodeTests {
  private func space(
    _ modalities: Int, levels: Int = 1, nodes: ClosedRange<Int>, shared: Bool = true,
    of vocabulary: CellVocabulary = .standard
  ) throws -> FusionCellSpace {
    try FusionCellSpace(
      modalities: (0..<modalities).map { "m\($0)" }, levels: levels, nodes: nodes,
      sharedCell: shared, vocabulary: vocabulary)
  }

  private func all(_ space: FusionCellSpace) -> [Genotype] {
    CodeSequence(places: space.places).compactMap { space.candidate(from: $0) }
  }

  @Test(arguments: [(1, 1...1), (2, 1...1), (1, 1...2), (2, 1...2), (1, 2...2), (1, 1...3)])
  func enumerationFindsWhatIsCounted(modalities: Int, nodes: ClosedRange<Int>) throws {
    let space = try space(modalities, nodes: nodes)
    let genotypes = all(space)
    #expect(Double(genotypes.count) == space.count)
    #expect(Set(genotypes).count == genotypes.count)
    #expect(genotypes.allSatisfy { space.contains($0) })
  }

  @Test(arguments: try CellVocabulary.examples())
  func aVocabularyIsEnumeratedAsItIsCounted(vocabulary: CellVocabulary) throws {
    let space = try space(1, nodes: 1...2, of: vocabulary)
    let genotypes = all(space)
    #expect(Double(genotypes.count) == space.count)
    #expect(Set(genotypes).count == genotypes.count)
    for genotype in genotypes {
      #expect(space.code(of: genotype).flatMap { space.candidate(from: $0) } == genotype)
    }
  }

  @Test(arguments: try CellVocabulary.smallExamples())
  func neighboursReachTheWholeSpaceOfAVocabulary(vocabulary: CellVocabulary) throws {
    let space = try space(1, nodes: 1...2, of: vocabulary)
    var generator = SplitMix64(seed: 1)
    var waiting = [space.sample(using: &generator)]
    var seen = Set(waiting)
    while let genotype = waiting.popLast() {
      for neighbour in space.neighbours(of: genotype) where seen.insert(neighbour).inserted {
        waiting.append(neighbour)
      }
    }
    #expect(Double(seen.count) == space.count)
  }

  @Test(arguments: try CellVocabulary.examples())
  func childrenAreMadeOfTheVocabulary(vocabulary: CellVocabulary) throws {
    var generator = SplitMix64(seed: 5)
    let space = try space(2, levels: 2, nodes: 1...3, shared: false, of: vocabulary)
    for _ in 0..<50 {
      let parents = (space.sample(using: &generator), space.sample(using: &generator))
      #expect(space.contains(space.crossover(parents.0, parents.1, using: &generator)))
      #expect(space.features(of: parents.0).count == space.places.reduce(0, +))
    }
  }

  @Test(arguments: 0..<20)
  func codesReadBack(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let space = try space(3, levels: 3, nodes: 1...3, shared: seed % 2 == 0)
    for _ in 0..<20 {
      let genotype = space.sample(using: &generator)
      let code = try #require(space.code(of: genotype))
      #expect(code.count == space.places.count)
      #expect(space.candidate(from: code) == genotype)
      #expect(space.features(of: genotype).count == space.places.reduce(0, +))
    }
  }

  @Test func aGenotypeOfAnotherSpaceHasNoCode() throws {
    var generator = SplitMix64(seed: 1)
    let other = try space(3, nodes: 1...1).sample(using: &generator)
    #expect(try space(2, nodes: 1...1).code(of: other) == nil)
  }

  @Test func neighboursAreOtherGenotypesOfTheSpaceWithOneCellChanged() throws {
    var generator = SplitMix64(seed: 6)
    let space = try space(3, levels: 2, nodes: 1...2, shared: false)
    for _ in 0..<10 {
      let genotype = space.sample(using: &generator)
      let neighbours = space.neighbours(of: genotype)
      #expect(Set(neighbours).count == neighbours.count)
      #expect(neighbours.allSatisfy { space.contains($0) })
      #expect(
        neighbours.allSatisfy { zip($0.cells, genotype.cells).filter { $0 != $1 }.count == 1 })
    }
  }

  // The only edge may be another operation (2) of the only state; a node may appear whose only edge
  // has any of 3 operations, read beside the modality (3 operations × 3 combinations).
  @Test func neighboursOfASmallCellByHand() throws {
    let space = try space(1, nodes: 1...2)
    let cell = try CellGenotype.identity(ofInput: 0, inputs: 1)
    let neighbours = space.neighbours(of: try Genotype(modalities: ["m0"], cells: [cell]))
    #expect(neighbours.count == 2 + 3 * 3 * 3)
  }

  @Test func neighboursReachTheWholeSpace() throws {
    let space = try space(2, nodes: 1...2)
    var generator = SplitMix64(seed: 1)
    var waiting = [space.sample(using: &generator)]
    var seen = Set(waiting)
    while let genotype = waiting.popLast() {
      for neighbour in space.neighbours(of: genotype) where seen.insert(neighbour).inserted {
        waiting.append(neighbour)
      }
    }
    #expect(Double(seen.count) == space.count)
  }

  @Test func childrenStayInTheSpace() throws {
    var generator = SplitMix64(seed: 5)
    let space = try space(3, levels: 2, nodes: 1...3, shared: false)
    for _ in 0..<100 {
      let parents = (space.sample(using: &generator), space.sample(using: &generator))
      #expect(space.contains(space.crossover(parents.0, parents.1, using: &generator)))
    }
    let genotype = space.sample(using: &generator)
    #expect(space.crossover(genotype, genotype, using: &generator) == genotype)
  }

  // out = sum(conv3(n0), conv1(n1)) with n0 = conv1(m0), n1 = conv3(m1), and the nodes swapped.
  @Test func theOrderOfNodesDoesNotMatter() throws {
    let space = try space(2, nodes: 1...3)
    func genotype(_ first: Edge, _ second: Edge, _ output: [Edge]) throws -> Genotype {
      let nodes = [Node(edges: [first]), Node(edges: [second]), Node(edges: output)]
      return try Genotype(
        modalities: ["m0", "m1"], cells: [CellGenotype(inputs: 2, nodes: nodes)])
    }
    let one = try genotype(
      edge(0, .convolution1), edge(1, .convolution3), [edge(2, .convolution3), edge(3, .skip)])
    let same = try genotype(
      edge(1, .convolution3), edge(0, .convolution1), [edge(2, .skip), edge(3, .convolution3)])
    let other = try genotype(
      edge(1, .convolution3), edge(0, .convolution1), [edge(2, .convolution3), edge(3, .skip)])
    #expect(one != same)
    #expect(space.canonicalForm(of: one) == space.canonicalForm(of: same))
    #expect(space.canonicalForm(of: one) != space.canonicalForm(of: other))
  }

  @Test func aNodeThatOnlyPassesOnDoesNotMatter() throws {
    let space = try space(2, nodes: 1...2)
    func form(_ nodes: [Node]) throws -> String {
      space.canonicalForm(
        of: try Genotype(modalities: ["m0", "m1"], cells: [CellGenotype(inputs: 2, nodes: nodes)]))
    }
    let plain = try form([Node(edges: [edge(1, .convolution3)])])
    let detour = try form([Node(edges: [edge(1, .skip)]), Node(edges: [edge(2, .convolution3)])])
    #expect(plain == "conv3(1)")
    #expect(detour == plain)
  }
}
