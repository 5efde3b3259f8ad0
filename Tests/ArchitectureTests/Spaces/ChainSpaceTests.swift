import Randomness
import Testing

@testable import Architecture

struct ChainSpaceTests {
  private func small() throws -> ChainSpace {
    try ChainSpace(
      encoderStages: 2...3, blocks: 1...1, kernels: [1, 3], channels: [4],
      normalizations: [.instance, .none], activations: [.relu])
  }

  // Two different stages: two normalisations times (2^3 for 2 + 1, 2^4 for 3 + 1, 2^5 for 3 + 2).
  @Test func isCountedByHand() throws {
    #expect(try small().count == 2 * (8 + 16 + 32))
  }

  @Test func codesAreOneToOne() throws {
    try SpaceProperties(space: small()).expectCodesAreOneToOne()
  }

  @Test func placesAreSettledWhereNothingIsLeftToChoose() throws {
    try SpaceProperties(space: small()).expectSettledPlaces()
  }

  @Test func mutationDrawsEveryNeighbour() throws {
    try SpaceProperties(space: small()).expectMutationDrawsEveryNeighbour()
  }

  @Test func isSampledUniformly() throws {
    try SpaceProperties(space: small()).expectUniformSampling(draws: 20_000)
  }

  @Test func neighboursConnectTheSpace() throws {
    try SpaceProperties(space: small()).expectConnectedNeighbours()
  }

  @Test func crossoverStaysInTheSpace() throws {
    try SpaceProperties(space: small()).expectCrossoverStaysInTheSpace()
  }

  @Test func aChildHasEveryStageOfAParent() throws {
    let space = try ChainSpace(encoderStages: 3...3)
    var generator = SplitMix64(seed: 3)
    var mixed = 0
    for _ in 0..<50 {
      let parents = (space.sample(using: &generator), space.sample(using: &generator))
      let child = space.crossover(parents.0, parents.1, using: &generator)
      for index in 0..<3 {
        #expect([parents.0, parents.1].map { $0.encoder[index] }.contains(child.encoder[index]))
      }
      if child != parents.0 && child != parents.1 { mixed += 1 }
    }
    #expect(mixed > 40)
  }

  @Test func otherChainsAreNotInTheSpace() throws {
    let stage = ChainStage(blocks: 1, kernel: 3, channels: 4)
    let wide = ChainStage(blocks: 1, kernel: 3, channels: 8)
    let inside = try ChainGenotype(
      encoder: [stage, stage], decoder: [stage], normalization: .none, activation: .relu)
    let outside = try ChainGenotype(
      encoder: [stage, wide], decoder: [stage], normalization: .none, activation: .relu)
    #expect(try small().contains(inside))
    #expect(try !small().contains(outside))
  }

  @Test func spacesWithoutChoicesAreRefused() {
    #expect(
      throws: ArchitectureError.badSpace("the kernels [2], expected odd numbers of at most 15")
    ) {
      try ChainSpace(kernels: [2])
    }
    #expect(
      throws: ArchitectureError.badSpace(
        "the channels [4, 4], expected different positive numbers")
    ) { try ChainSpace(channels: [4, 4]) }
    #expect(
      throws: ArchitectureError.badSpace("encoders of 1 to 3 stages, expected within 2 to 8")
    ) { try ChainSpace(encoderStages: 1...3) }
  }
}
