import Architecture
import Foundation
import NetworkTestSupport
import Networks
import Testing
import Torch

@testable import Search

struct SynapticFlowTests {
  private func score(
    of design: NetworkDesign = ProxyNetworks.early,
    _ change: (SegmentationNetwork, ProxyPatches) throws -> Void = { _, _ in }
  ) throws -> Double {
    let network = try ProxyNetworks.network(design)
    let patches = try ProxyNetworks.patches()
    try change(network, patches)
    return try SynapticFlow.score(of: network, on: patches)
  }

  // All flow goes through the head, so that every term doubles with it.
  @Test func twiceTheHeadIsTwiceTheFlow() throws {
    let doubled = try score { network, _ in
      for weight in network.namedWeights where weight.name.hasPrefix("head.level0") {
        try weight.tensor.multiply(by: 2)
      }
    }
    #expect(abs(doubled - (try score()) - log(2)) < 1e-9)
  }

  @Test func neitherSignsNorNormalizationNorImagesMatter() throws {
    let plain = try score(of: referenceDesign())
    let changed = try score(of: referenceDesign()) { network, patches in
      for weight in network.namedWeights {
        let isNormalization = weight.name.hasSuffix("scale") || weight.name.hasSuffix("shift")
        try weight.tensor.multiply(by: isNormalization ? 7 : -1)
      }
      for input in patches.inputs { try input.multiply(by: 3) }
    }
    #expect(plain == changed)
  }

  @Test func headsThatOnlyServeDeepSupervisionHaveNoPart() throws {
    let changed = try score { network, _ in
      for weight in network.namedWeights where weight.name.hasPrefix("head.level1") {
        try weight.tensor.multiply(by: 5)
      }
    }
    #expect(changed == (try score()))
  }
}
