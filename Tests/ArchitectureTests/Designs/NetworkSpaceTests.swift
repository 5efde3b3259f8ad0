import Randomness
import Testing

@testable import Architecture

struct NetworkSpaceTests {
  private let names = ["ct", "mri"]

  private func spaces() throws -> [NetworkSpace] {
    [
      .fusionCells(
        try FusionCellSpace(modalities: names, levels: 3, nodes: 1...2, sharedCell: true)),
      .chains(try ChainSpace(encoderStages: 2...3, channels: [4, 8]), modalities: names),
      .branches(try BranchedSpace(layers: 1...3), modalities: names),
    ]
  }

  @Test func knowsItsOwnDesigns() throws {
    for space in try spaces() {
      var generator = SplitMix64(seed: 5)
      for _ in 0..<20 {
        let design = space.sample(using: &generator)
        #expect(design.modalities == names)
        let code = try #require(space.code(of: design))
        #expect(space.candidate(from: code) == design)
        #expect(space.contains(space.mutate(design, using: &generator)))
        let other = space.sample(using: &generator)
        #expect(space.contains(space.crossover(design, other, using: &generator)))
        #expect(space.neighbours(of: design).allSatisfy(space.contains))
        #expect(!space.canonicalForm(of: design).isEmpty)
      }
    }
  }

  @Test func knowsNoDesignOfAnother() throws {
    let spaces = try spaces()
    for (first, space) in spaces.enumerated() {
      var generator = SplitMix64(seed: 6)
      let design = space.sample(using: &generator)
      for (second, other) in spaces.enumerated() {
        #expect(other.contains(design) == (first == second))
      }
    }
    let others = NetworkSpace.branches(try BranchedSpace(layers: 1...3), modalities: ["pet"])
    var generator = SplitMix64(seed: 7)
    #expect(!others.contains(spaces[2].sample(using: &generator)))
  }

  @Test func isAsLargeAsTheSpaceItHolds() throws {
    let chains = try ChainSpace(encoderStages: 2...3, channels: [4, 8])
    let space = NetworkSpace.chains(chains, modalities: names)
    #expect(space.count == chains.count && space.places == chains.places)
    #expect(space.fusionCells == nil && space.modalities == names)
  }
}
