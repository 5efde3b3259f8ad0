import Architecture
import Randomness
import Testing

@testable import Search

struct RandomSearchTests {
  private func space() throws -> FusionCellSpace {
    try FusionCellSpace(modalities: ["ct", "mri"], levels: 3, nodes: 1...1, sharedCell: true)
  }

  @Test func proposesNothingTwiceAndEndsWithTheSpace() throws {
    let space = try space()
    var strategy = RandomSearch(in: space, using: SplitMix64(seed: 1))
    var seen: [Genotype] = []
    while let genotype = strategy.propose() { seen.append(genotype) }
    #expect(Double(seen.count) == space.count)
    #expect(Set(seen).count == seen.count)
    #expect(seen.allSatisfy { space.contains($0) })
  }

  @Test func theSameSeedProposesTheSame() throws {
    var first = RandomSearch(in: try space(), using: SplitMix64(seed: 9))
    var second = RandomSearch(in: try space(), using: SplitMix64(seed: 9))
    for _ in 0..<10 {
      let proposals = (first.propose(), second.propose())
      #expect(proposals.0 == proposals.1)
    }
  }
}
