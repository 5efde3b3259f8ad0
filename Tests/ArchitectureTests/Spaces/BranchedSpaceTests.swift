import Randomness
import Testing

@testable import Architecture

struct BranchedSpaceTests {
  private func small(_ merges: [Merge] = Merge.allCases) throws -> BranchedSpace {
    try BranchedSpace(layers: 1...3, kernels: [3], channels: [4, 8], merges: merges)
  }

  // One layer: 2 networks. Two: the second reads layer 1 alone or with the input (two merges), 2 · 2 · 3.
  @Test func oneAndTwoLayersAreCountedByHand() throws {
    #expect(try BranchedSpace(layers: 1...1, kernels: [3], channels: [4, 8]).count == 2)
    #expect(try BranchedSpace(layers: 2...2, kernels: [3], channels: [4, 8]).count == 12)
  }

  @Test(arguments: [Merge.allCases, [.concatenate], [.sum]])
  func codesAreOneToOne(merges: [Merge]) throws {
    try SpaceProperties(space: small(merges)).expectCodesAreOneToOne()
  }

  @Test func placesAreSettledWhereNothingIsLeftToChoose() throws {
    try SpaceProperties(space: small()).expectSettledPlaces()
  }

  @Test func mutationDrawsEveryNeighbour() throws {
    try SpaceProperties(space: small()).expectMutationDrawsEveryNeighbour()
  }

  @Test func isSampledUniformly() throws {
    try SpaceProperties(space: small()).expectUniformSampling(draws: 40_000)
  }

  @Test(arguments: [Merge.allCases, [.concatenate]])
  func neighboursConnectTheSpace(merges: [Merge]) throws {
    try SpaceProperties(space: small(merges)).expectConnectedNeighbours()
  }

  @Test func crossoverStaysInTheSpace() throws {
    try SpaceProperties(space: small()).expectCrossoverStaysInTheSpace()
  }

  /// Renames layers in every order that is allowed, and checks the form, and that the others differ.
  @Test func canonicalFormsAreThoseOfNetworksUpToNames() throws {
    let space = try small()
    let all = SpaceProperties(space: space).all
    var byForm: [String: [BranchedGenotype]] = [:]
    for network in all { byForm[space.canonicalForm(of: network), default: []].append(network) }
    for network in all where network.layers.count == 3 {
      // The first two layers change places when neither reads the other.
      guard network.layers[1].sources == [0] else { continue }
      let swap = [0: 0, 1: 2, 2: 1]
      let last = network.layers[2]
      let renamed = try BranchedGenotype(layers: [
        network.layers[1], network.layers[0],
        BranchedLayer(
          sources: last.sources.compactMap { swap[$0] }.sorted(), merge: last.merge,
          kernel: last.kernel, channels: last.channels),
      ])
      #expect(space.canonicalForm(of: renamed) == space.canonicalForm(of: network))
    }
    // Nothing else is the same: a form stands for one network or for two whose first layers differ.
    for networks in byForm.values {
      #expect(networks.count <= 2)
      guard networks.count == 2 else { continue }
      #expect(networks.allSatisfy { $0.layers[1].sources == [0] })
      let costs = networks.map { $0.cost(inputs: 2, classes: 3, patch: [4, 4, 4]) }
      #expect(costs[0] == costs[1])
    }
  }

  @Test func spacesWithoutChoicesAreRefused() {
    #expect(throws: ArchitectureError.badSpace("no or repeated merges")) {
      try BranchedSpace(merges: [])
    }
    #expect(
      throws: ArchitectureError.badSpace("networks of 1 to 9 layers, expected within 1 to 7")
    ) { try BranchedSpace(layers: 1...9) }
  }
}
